"use strict";
// Everything shown comes in as text and is set as text: nothing that people or models say becomes markup.
(() => {
  const at = (id) => document.getElementById(id);
  const svgNamespace = "http://www.w3.org/2000/svg";
  const logLength = 300;
  const speeds = [1, 5, 20, 60, 240];

  let world;                 // what does not change: places and residents by number, grids
  let grid;                  // the grid in use
  let boxes = [];            // by place: where it is drawn
  let dots = [];             // by resident: their button
  let seen = [];             // by resident: where they are seen at the moment shown
  const moments = [];
  let shown = -1;            // the moment shown
  let following = true;      // whether what happens next is shown at once
  let pace = { paused: false, speed: null, ended: null };
  let chosen = null;         // a resident
  let asked = 0;             // answers to older requests are dropped
  let timer = null;          // a replay under way
  let replaySpeed = 20;

  // --- making things -------------------------------------------------------------------------------------------

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function drawn(name, attributes, parent) {
    const made = document.createElementNS(svgNamespace, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  }

  const name = (resident) => world.residents[resident].name;

  function request(path, body) {
    return fetch(path, body ? { method: "POST", body: JSON.stringify(body) } : {}).then((response) => {
      if (!response.ok) throw new Error("status " + response.status);
      return response.json();
    });
  }

  // --- the map -------------------------------------------------------------------------------------------------

  function draw() {
    const svg = document.querySelector("#map svg");
    const width = at("map").clientWidth;
    if (width < 100) return;
    grid = world.grids[width >= 640 ? 0 : 1];
    svg.replaceChildren();
    const areas = world.places.map(() => []);
    world.places.forEach((place, number) => { if (place.within !== null) areas[outermost(number)].push(number); });
    const outer = world.places.map((_, number) => number).filter((number) => grid.cells[number] !== null);
    const gap = width >= 640 ? 28 : 16;
    const cell = width / grid.columns;
    const inner = cell - gap;
    const heights = outer.map((number) => 68 + 46 * Math.ceil(areas[number].length / 2));
    const rows = Math.max(...outer.map((number) => grid.cells[number][1])) + 1;
    const rowHeight = Array.from({ length: rows }, (_, row) =>
      Math.max(0, ...outer.map((number, index) => (grid.cells[number][1] === row ? heights[index] : 0))) + gap);
    const top = rowHeight.map((_, row) => rowHeight.slice(0, row).reduce((sum, height) => sum + height, 0));
    const height = rowHeight.reduce((sum, row) => sum + row, 0);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    boxes = [];
    outer.forEach((number, index) => {
      const [column, row] = grid.cells[number];
      const box = { x: column * cell + gap / 2, y: top[row] + gap / 2, width: inner, height: heights[index] };
      boxes[number] = { ...box, people: { x: box.x + 8, y: box.y + 26, width: inner - 16, height: 38 } };
      areas[number].forEach((area, order) => {
        const half = (inner - 18) / 2;
        const [x, y] = [box.x + 6 + (order % 2) * (half + 6), box.y + 66 + 46 * Math.floor(order / 2)];
        const inside = { x, y, width: half, height: 42 };
        boxes[area] = { ...inside, people: { x: inside.x + 3, y: inside.y + 14, width: half - 6, height: 28 } };
      });
    });
    world.places.forEach((place, number) => place.ways.forEach((to) => way(svg, outermost(number), outermost(to))));
    for (const number of outer) {
      card(svg, number, "place");
      for (const area of areas[number]) card(svg, area, "area");
    }
    place();
  }

  function outermost(number) {
    for (let depth = 0; depth < 50 && world.places[number].within !== null; depth++) {
      number = world.places[number].within;
    }
    return number;
  }

  function way(svg, from, to) {
    if (from === to || !boxes[from] || !boxes[to]) return;
    const [a, b] = [centre(boxes[from]), centre(boxes[to])];
    // A bend keeps a long way from hiding behind the places between.
    const bend = Math.hypot(b.x - a.x, b.y - a.y) > 1.6 * (boxes[from].width + 28) ? 0.12 : 0;
    const middle = { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
    drawn("path", { d: `M${a.x} ${a.y}Q${middle.x} ${middle.y} ${b.x} ${b.y}` }, svg);
  }

  const centre = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

  function card(svg, number, className) {
    const group = drawn("g", { class: className }, svg);
    const { x, y, width, height } = boxes[number];
    drawn("rect", { x, y, width, height, rx: className === "place" ? 8 : 5 }, group);
    const small = className === "area";
    const label = drawn("text", { x: x + (small ? 5 : 9), y: y + (small ? 12 : 18) }, group);
    const { name, within } = world.places[number];
    const outer = within === null ? "" : world.places[within].name + ": ";
    const letters = Array.from(name.startsWith(outer) ? name.slice(outer.length) : name);
    label.textContent = letters.join("");
    while (letters.length > 1 && label.getComputedTextLength() > width - (small ? 8 : 16)) {
      letters.pop();
      label.textContent = letters.join("") + "…";
    }
    drawn("title", {}, group).textContent = world.places[number].name + ": " + world.places[number].about;
  }

  // --- the people ----------------------------------------------------------------------------------------------

  function populate() {
    dots = world.residents.map((resident, number) => {
      const dot = element("button", "", resident.initials);
      dot.type = "button";
      dot.addEventListener("click", (event) => {
        choose(number);
        // Whoever points is taken to what they asked for, and the space bar is the clock's again.
        if (event.detail > 0) at("name").focus();
      });
      at("people").append(dot);
      return dot;
    });
  }

  const atHome = () => world.residents.map((resident) => ({ place: resident.home, next: null, state: "asleep" }));

  const doing = (sighting) =>
    sighting.state === "walking" && sighting.next !== null
      ? `on the way from ${world.places[sighting.place].name} to ${world.places[sighting.next].name}`
      : `at ${world.places[sighting.place].name}${sighting.state === "asleep" ? ", asleep" : ""}`;

  /** Puts everybody where they are seen at the moment shown. */
  function place() {
    if (boxes.length === 0) return;
    const there = new Map();
    const ways = new Map();
    const gather = (groups, key, number) => groups.set(key, [...(groups.get(key) ?? []), number]);
    const spots = [];
    seen.forEach((sighting, number) => {
      if (sighting.state !== "walking" || sighting.next === null) return gather(there, sighting.place, number);
      const [from, to] = [sighting.place, sighting.next].sort((a, b) => a - b);
      gather(ways, `${from} ${to}`, number);
    });
    for (const [way, people] of ways) {
      const [a, b] = way.split(" ").map((number) => centre(boxes[number]));
      const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      people.forEach((resident, order) => {
        const along = (order - (people.length - 1) / 2) * Math.min(32, length / people.length) / length + 0.5;
        spots[resident] = { x: a.x + (b.x - a.x) * along, y: a.y + (b.y - a.y) * along };
      });
    }
    for (const [number, people] of there) {
      const room = boxes[number].people;
      const step = Math.min(32, (room.width - 30) / Math.max(1, people.length - 1));
      people.forEach((resident, order) => {
        spots[resident] = { x: room.x + 15 + order * step, y: room.y + room.height / 2 };
      });
    }
    spots.forEach((spot, number) => {
      const dot = dots[number];
      dot.style.transform = `translate(${spot.x.toFixed(1)}px, ${spot.y.toFixed(1)}px)`;
      dot.className = seen[number].state;
      dot.title = `${name(number)}, ${doing(seen[number])}`;
      dot.setAttribute("aria-label", dot.title);
      dot.setAttribute("aria-pressed", number === chosen);
    });
    bubbles(spots);
  }

  /** What was said last, by whom, within three minutes of the moment shown. */
  function bubbles(spots) {
    const said = new Map();
    const limit = shown < 0 ? 0 : moments[shown].at.seconds - 180;
    for (let number = shown; number >= 0 && moments[number].at.seconds >= limit; number--) {
      for (const happened of moments[number].happened.slice().reverse()) {
        if (happened.kind === "say" && !said.has(happened.actor)) said.set(happened.actor, happened.text);
      }
    }
    const layer = at("bubbles");
    layer.replaceChildren();
    const width = layer.parentElement.clientWidth;
    const placed = [];
    // The latest is right above who said it, or below at the map's edge; what was said before stands beyond it.
    for (const [resident, words] of [...said].slice(0, 8)) {
      const bubble = element("div", "", "");
      const quoted = element("span", "words", words);
      quoted.dir = "auto";
      bubble.append(element("b", "", world.residents[resident].initials + " "), quoted);
      layer.append(bubble);
      const box = { width: bubble.offsetWidth, height: bubble.offsetHeight };
      box.x = Math.max(0, Math.min(width - box.width, spots[resident].x - box.width / 2));
      box.y = clear(box, spots[resident].y - 20 - box.height, -1, placed);
      if (box.y < 0) box.y = clear(box, spots[resident].y + 20, 1, placed);
      placed.push(box);
      bubble.style.transform = `translate(${box.x.toFixed(1)}px, ${box.y.toFixed(1)}px)`;
    }
  }

  /** The first height from here on, upwards or downwards, where a box covers none of the others. */
  function clear(box, y, direction, others) {
    for (const other of others) {
      const beside = box.x >= other.x + other.width || other.x >= box.x + box.width;
      const apart = y >= other.y + other.height || other.y >= y + box.height;
      if (!beside && !apart) y = direction < 0 ? other.y - box.height - 3 : other.y + other.height + 3;
    }
    return y;
  }

  // --- moments -------------------------------------------------------------------------------------------------

  /** Shows a moment; -1 is the beginning. */
  function show(number) {
    number = Math.max(-1, Math.min(number, moments.length - 1));
    const [log, lines] = [at("log"), at("lines")];
    const onward = number > shown && number - shown <= 20;
    // What is not news is not read out.
    log.setAttribute("aria-live", onward ? "polite" : "off");
    if (!onward) {
      seen = atHome();
      for (let earlier = 0; earlier <= number; earlier++) see(moments[earlier]);
      lines.replaceChildren();
      let first = number + 1;
      for (let count = 0; first > 0 && count < logLength; first--) count += moments[first - 1].happened.length;
      shown = first - 1;
    }
    for (let next = shown + 1; next <= number; next++) {
      if (onward) see(moments[next]);
      tell(moments[next]);
    }
    shown = number;
    while (lines.children.length > logLength) lines.firstChild.remove();
    log.scrollTop = log.scrollHeight;
    const moment = number < 0 ? world.starts : moments[number].at;
    at("date").textContent = moment.date;
    at("date").dateTime = moment.clock;
    const range = at("moment");
    range.max = moments.length;
    range.value = number + 1;
    range.setAttribute("aria-valuetext", moment.clock);
    place();
    if (chosen !== null) describe();
  }

  const see = (moment) => { for (const sighting of moment.seen) seen[sighting.resident] = sighting; };

  function tell(moment) {
    for (const happened of moment.happened) {
      const line = element("li", happened.kind);
      line.append(element("span", "when", moment.at.clock));
      const where = happened.place === null ? "" : world.places[happened.place].name;
      if (happened.kind === "say") {
        const to = happened.to === null ? "" : ` to ${name(happened.to)}`;
        line.append(element("span", "", `${name(happened.actor)}${to}: `));
      } else if (happened.kind === "plan" || happened.kind === "reflect") {
        line.append(element("span", "", `${name(happened.actor)} ${happened.kind === "plan" ? "plans" : "thinks"}: `));
      } else if (happened.actor === null) {
        line.append(element("span", "", `${where}: `));
      }
      const words = element("span", "words", happened.text);
      words.dir = "auto";
      line.append(words);
      at("lines").append(line);
    }
  }

  // --- a person ------------------------------------------------------------------------------------------------

  function choose(resident) {
    chosen = resident;
    at("answers").replaceChildren();
    at("name").textContent = name(resident);
    at("mind").hidden = false;
    at("ask").hidden = world.recorded;
    at("unasked").hidden = !world.recorded;
    at("unasked").textContent = `A recorded run is not asked here: populace repl ${world.run} opens it again.`;
    place();
    describe();
  }

  /** Says who somebody is and what they remember and plan at the moment shown. */
  function describe() {
    const resident = world.residents[chosen];
    const work = resident.work.replace(/\.$/, "");
    const facts = [resident.age === null ? "" : String(resident.age), work, doing(seen[chosen])];
    at("who").textContent = facts.filter(Boolean).join(", ") + "." + (resident.about ? " " + resident.about : "");
    const mine = ++asked;
    const time = shown < 0 ? world.starts.seconds : moments[shown].at.seconds;
    request(`person/${chosen}?until=${time}`).then((mind) => {
      if (mine !== asked) return;
      const plan = mind.plan.length ? mind.plan : ["No plan yet."];
      at("plan").replaceChildren(...plan.map((step) => element("li", "words", step)));
      at("memories-title").textContent = `Memories (${mind.memories.length})`;
      at("memories").replaceChildren(...mind.memories.slice(-logLength).reverse().map((memory) => {
        const line = element("li", memory.kind);
        const facts = [memory.number, memory.time, memory.kind, memory.importance.toFixed(1)];
        line.append(element("span", "when", facts.join(" · ")));
        const words = element("span", "words", memory.text);
        words.dir = "auto";
        line.append(words);
        if (memory.from.length) line.append(element("span", "when", ` from ${memory.from.join(", ")}`));
        return line;
      }));
    }).catch(() => {});
  }

  function ask(event) {
    event.preventDefault();
    const question = at("question").value.trim();
    if (!question || chosen === null) return;
    const resident = chosen;
    at("question").value = "";
    const when = running() ? "A busy model answers when the step under way is done." : "";
    const line = element("p", "words", `“${question}” … ${when}`);
    at("answers").prepend(line);
    request("ask", { act: "ask", resident, question }).then((answer) => {
      line.textContent = answer.error
        ? `“${question}” was not answered: ${answer.error}`
        : `“${question}” ${name(resident)}: ${answer.words}`;
      if (answer.memories && answer.memories.length) {
        const sources = `memories in mind: ${answer.memories.join(", ")}; call ${answer.completion}`;
        line.append(element("span", "when", ` (${sources})`));
      }
    }).catch(() => { line.textContent = `“${question}” was not answered: the server cannot be reached.`; });
  }

  // --- time ----------------------------------------------------------------------------------------------------

  const running = () => (world.recorded ? timer !== null : !pace.paused && !pace.ended);

  function controls() {
    at("play").textContent = running() ? "Pause" : world.recorded ? "Play" : "Go on";
    at("play").disabled = !world.recorded && Boolean(pace.ended);
    at("step").disabled = shown >= moments.length - 1 && (world.recorded || Boolean(pace.ended));
    at("now").hidden = world.recorded || following;
    const select = at("speed");
    select.value = String((world.recorded ? replaySpeed : pace.speed) ?? "");
    at("status").textContent = world.recorded
      ? `${world.run}, a recording`
      : `${world.run}: ${pace.ended ?? (pace.paused ? "paused" : "under way")}`;
  }

  function control(body) {
    request("control", body).catch(() => { at("status").textContent = "The server cannot be reached."; });
  }

  function toggle() {
    if (!world) return;
    if (!world.recorded) return pace.ended ? undefined : control({ act: pace.paused ? "go" : "pause" });
    if (timer !== null) {
      stop();
    } else {
      if (shown >= moments.length - 1) show(-1);
      play();
    }
    controls();
  }

  function stop() {
    clearTimeout(timer);
    timer = null;
  }

  function play() {
    const next = moments[shown + 1];
    if (!next) return stop();
    const since = shown < 0 ? world.starts.seconds : moments[shown].at.seconds;
    const wait = Math.min(2000, Math.max(120, (next.at.seconds - since) / 60 / replaySpeed * 1000));
    timer = setTimeout(() => { show(shown + 1); play(); controls(); }, wait);
  }

  function step() {
    if (!world) return;
    if (shown < moments.length - 1) {
      stop();
      show(shown + 1);
      following = !world.recorded && shown === moments.length - 1;
    } else if (!world.recorded && !pace.ended) {
      following = true;
      control({ act: "step" });
    }
    controls();
  }

  function listen() {
    at("play").addEventListener("click", toggle);
    at("step").addEventListener("click", step);
    at("now").addEventListener("click", () => { following = true; show(moments.length - 1); controls(); });
    at("moment").addEventListener("input", (event) => {
      stop();
      show(Number(event.target.value) - 1);
      following = !world.recorded && shown === moments.length - 1;
      controls();
    });
    at("speed").addEventListener("change", (event) => {
      const speed = event.target.value === "" ? null : Number(event.target.value);
      if (world.recorded) replaySpeed = speed; else control({ act: "speed", speed });
    });
    at("ask").addEventListener("submit", ask);
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=range]), select, textarea");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === " " && !event.target.closest("button")) toggle();
      else if (event.key === "ArrowRight" && !event.target.closest("input")) step();
      else return;
      event.preventDefault();
    });
    new ResizeObserver(draw).observe(at("map"));
  }

  function connect() {
    const events = new EventSource("events");
    let waiting = false;
    events.addEventListener("moment", (event) => {
      const number = Number(event.lastEventId);
      if (number <= moments.length) return;
      moments.push(JSON.parse(event.data));
      // Many at once are shown once.
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        if (world.recorded) {
          at("moment").max = moments.length;
        } else if (following) {
          show(moments.length - 1);
        } else {
          at("moment").max = moments.length;
        }
        controls();
      });
    });
    events.addEventListener("pace", (event) => { pace = JSON.parse(event.data); controls(); });
    events.addEventListener("open", controls);
    events.addEventListener("error", () => {
      at("status").textContent = events.readyState === EventSource.CLOSED
        ? "The server has stopped." : "The connection is lost; trying again.";
    });
  }

  request("world").then((outline) => {
    world = outline;
    document.title = `${world.title}: ${world.run}`;
    at("title").textContent = world.title;
    at("about").textContent = world.about;
    for (const speed of speeds) at("speed").append(new Option(`${speed} min/s`, String(speed)));
    if (!world.recorded) at("speed").prepend(new Option("as fast as it can", ""));
    populate();
    seen = atHome();
    draw();
    show(-1);
    listen();
    controls();
    connect();
  }).catch(() => { at("status").textContent = "The world is not ready; load the page again in a moment."; });
})();
