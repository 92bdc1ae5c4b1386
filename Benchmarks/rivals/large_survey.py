"""Writes a made-up survey, microdata of SPSS with their codebook: large_survey.py ROWS QUESTIONS DATA CODEBOOK.

Ten variables of who people are, then questions of five answers; a tenth refuses, does not know or was not asked.
"""

import hashlib
import sys

import numpy
import pandas
import pyreadstat

rows, questions, path, codebook = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
random = numpy.random.default_rng(1)
columns = {"id": numpy.arange(1, rows + 1), "weight": random.gamma(4, 0.25, rows) + 0.05}
labels, missing, names = {}, {}, {}
for number in range(10):
    name = f"v{number}"
    columns[name] = random.integers(1, 7, rows)
    labels[name] = {code: f"Group {code}" for code in range(1, 7)}
    names[name] = f"Who the respondent is, number {number}"
for number in range(questions):
    name = f"q{number}"
    codes = random.choice([1, 2, 3, 4, 5, 8, 9], rows, p=[0.2, 0.2, 0.2, 0.15, 0.15, 0.05, 0.05]).astype(float)
    codes[random.random(rows) < 0.02] = numpy.nan
    columns[name] = codes
    labels[name] = {
        1.0: "Agree strongly",
        2.0: "Agree",
        3.0: "Neither",
        4.0: "Disagree",
        5.0: "Disagree strongly",
        8.0: "Don't know",
        9.0: "Refused",
    }
    missing[name] = [8, 9]
    names[name] = f"Do you agree with statement {number}?"
pyreadstat.write_sav(
    pandas.DataFrame(columns), path, column_labels=names, variable_value_labels=labels, missing_ranges=missing
)

with open(path, "rb") as data, open(codebook, "w") as file:
    checksum = hashlib.file_digest(data, "sha256").hexdigest()
    print(f"survey: Made up\ndata: {path}\nchecksum: sha256:{checksum}", file=file)
    print("respondent: id\nweight: weight\nvariables:", file=file)
    groups = ", ".join(f"{code}: group {code}" for code in range(1, 7))
    for number in range(10):
        print(f"  v{number}: {{ {groups} }}", file=file)
    print("questions:", file=file)
    for number in range(questions):
        print(
            f"""  q{number}:
    ask: Do you agree with statement {number}?
    scale: ordinal
    options: {{ 1: Agree strongly, 2: Agree, 3: Neither, 4: Disagree, 5: Disagree strongly }}
    no answer: {{ refused: [9], don't know: [8] }}""",
            file=file,
        )
