"""Makes the fixtures beside it: pip install pyreadstat==1.3.7 pandas, then python make.py. Writing is ReadStat's too, but
cells, labels and kinds of missing are compared with the CSV files written here without it."""
import csv, math, pandas as pd, pyreadstat

N = 40
rows = []
for i in range(N):
    rows.append({
        "ID": 1001 + i,
        "natsci": [1, 2, 3, 8, 9, 0, 2, 1, None][i % 9],
        "party": [1, 2, 3, 4, 1, 2, -1][i % 7],
        "trust": 1 + (i * 7) % 10 if i % 11 else 99,
        "age": 18 + (i * 13) % 70,
        "wt": [0.5, 1.0, 1.25, 0.1, 2.0, 1 / 3][i % 6],
        "born": 13710816000 + 86400 * i,          # SPSS seconds: a date as a number
        "city": ["Zürich", "Århus", "São Paulo", "Köln", ""][i % 5],
        "essay": ("A long answer, with a comma and \"quotes\". " * 12)[: 300 + i] if i % 4 == 0 else "short",
    })
names = list(rows[0])

def cell(x):
    if x is None or (isinstance(x, float) and math.isnan(x)): return ""
    if isinstance(x, float): return str(int(x)) if x == int(x) else repr(x)
    return str(x).rstrip(" ")

def write_csv(name, table, columns):
    with open(name, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(columns)
        w.writerows([[cell(r[c]) for c in columns] for r in table])

labels = {"natsci": "Spending on science", "party": "Party", "trust": "Trust in people, 1 to 10", "age": "Age in years",
          "wt": "Post-stratification weight", "born": "Born", "city": "City", "essay": "In your own words", "ID": "Respondent"}
values = {"natsci": {0: "Inapplicable", 1: "Too little", 2: "About right", 3: "Too much", 8: "Don't know", 9: "Refused"},
          "party": {1: "Left", 2: "Right", 3: "Green", 4: "Other", -1: "Technical problem"},
          "trust": {1: "Nobody", 10: "Everybody", 99: "Refused"}}
measures = {"natsci": "ordinal", "party": "nominal", "trust": "scale", "wt": "scale", "age": "scale"}
missing = {"natsci": [0, 8, 9], "party": [{"lo": -9, "hi": -1}], "trust": [99]}
frame = pd.DataFrame(rows)
frame["natsci"] = frame["natsci"].astype("float64")
for kind, options in [("sav", {"row_compress": True}), ("zsav", {"compress": True})]:
    pyreadstat.write_sav(frame, f"survey.{kind}", file_label="A small survey", column_labels=labels, variable_value_labels=values,
                         missing_ranges=missing, variable_measure=measures, variable_format={"born": "DATETIME20"}, **options)
write_csv("survey.csv", rows, names)

# A file of before Unicode: written in ASCII, then its bytes and its two declarations of the encoding are changed.
def legacy(text): return text.translate(str.maketrans("üÅãö", "{|}~"))
old = frame[["ID", "natsci", "city"]].copy()
old["city"] = old["city"].map(legacy)
pyreadstat.write_sav(old, "legacy.sav", column_labels={"city": "M{hle"}, variable_value_labels={"natsci": {1: "Zu wenig", 2: "Gen{gend"}})
data = open("legacy.sav", "rb").read()
for a, b in zip("{|}~", "üÅãö"): data = data.replace(a.encode(), b.encode("cp1252"))
assert data.count(b"UTF-8") == 1
data = data.replace(b"UTF-8", b"CP819").replace((65001).to_bytes(4, "little"), (1252).to_bytes(4, "little"))
open("legacy.sav", "wb").write(data)
write_csv("legacy.csv", rows, ["ID", "natsci", "city"])

# Stata: tagged missing values, long strings as strL.
tags = {8: "d", 9: "r", 0: "i"}
stata = frame.drop(columns=["born"]).copy()
stata["natsci"] = pd.Series([tags.get(r["natsci"], float("nan") if r["natsci"] is None else float(r["natsci"])) for r in rows], dtype=object)
stata_rows = [{**r, "natsci": "." + tags[r["natsci"]] if r["natsci"] in tags else r["natsci"]} for r in rows]
stata_names = [n for n in names if n != "born"]
stata_values = {**values, "natsci": {1: "Too little", 2: "About right", 3: "Too much", "d": "Don't know", "r": "Refused", "i": "Inapplicable"}}
pyreadstat.write_dta(stata, "survey.dta", file_label="A small survey", column_labels=labels, variable_value_labels=stata_values,
                     missing_user_values={"natsci": ["d", "r", "i"]})
write_csv("stata.csv", stata_rows, stata_names)

short = frame.drop(columns=["essay", "born"]).rename(columns=str.upper)
short_rows = [{k.upper(): v for k, v in r.items()} for r in rows]
for r in short_rows: r["CITY"] = r["CITY"].encode("ascii", "replace").decode().replace("?", "u")
short["CITY"] = [r["CITY"] for r in short_rows]
pyreadstat.write_por(short, "survey.por", column_labels={k.upper(): v for k, v in labels.items() if k not in ("essay", "born")})
pyreadstat.write_xport(short, "survey.xpt", column_labels={k.upper(): v for k, v in labels.items() if k not in ("essay", "born")})
write_csv("short.csv", short_rows, list(short.columns))
