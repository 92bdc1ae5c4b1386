// The hold model, N events ahead, the first popped and scheduled anew: a binary heap, a 4-ary heap whose top is
// replaced and a timing wheel in milliseconds. No agent runs: these are ceilings. queues N TOTAL.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <queue>
#include <vector>

using Clock = std::chrono::steady_clock;
using Key = unsigned __int128;  // the time's bits, then the sequence number, then the agent

static uint64_t state = 42;
static unsigned delay() {       // 1000 ... 1999 milliseconds
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return 1000 + (state >> 33) % 1000;
}

struct Event { double time; uint32_t sequence, agent; };
struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time > b.time || (a.time == b.time && a.sequence > b.sequence);
  }
};

static Key key(double time, uint32_t sequence, uint32_t agent) {
  uint64_t bits;
  std::memcpy(&bits, &time, 8);
  return (Key(bits) << 64) | (uint64_t(sequence) << 32) | agent;
}

// Sifts `moved` down from the root of a 4-ary heap of n keys.
static void replaceTop(Key* heap, size_t n, Key moved) {
  size_t at = 0;
  while (true) {
    size_t child = 4 * at + 1;
    if (child + 3 < n) {
      size_t left = child + (heap[child + 1] < heap[child]), right = child + 2 + (heap[child + 3] < heap[child + 2]);
      size_t least = heap[right] < heap[left] ? right : left;
      if (!(heap[least] < moved)) break;
      heap[at] = heap[least];
      at = least;
    } else {
      size_t least = at;
      Key best = moved;
      for (size_t i = child; i < n && i < child + 4; i++)
        if (heap[i] < best) { best = heap[i]; least = i; }
      if (least == at) break;
      heap[at] = best;
      at = least;
    }
  }
  heap[at] = moved;
}

template <class Work> static double rate(size_t total, Work work) {
  auto begin = Clock::now();
  size_t done = work();
  return double(std::max(done, total)) / std::chrono::duration<double>(Clock::now() - begin).count();
}

int main(int, char** arguments) {
  size_t n = std::strtoul(arguments[1], nullptr, 10), total = std::strtoul(arguments[2], nullptr, 10);
  volatile double last = 0;

  std::priority_queue<Event, std::vector<Event>, Later> binary;
  uint32_t sequence = 0;
  for (size_t i = 0; i < n; i++) binary.push({delay() / 1e3, sequence++, uint32_t(i)});
  double heap = rate(total, [&] {
    for (size_t i = 0; i < total; i++) {
      Event event = binary.top();
      binary.pop();
      last = event.time;
      binary.push({event.time + delay() / 1e3, sequence++, event.agent});
    }
    return total;
  });

  state = 42, sequence = 0;
  // The root at index 3 of an aligned block, so that four children share a cache line.
  Key* block = static_cast<Key*>(std::aligned_alloc(64, ((n + 8) * 16 + 63) / 64 * 64));
  for (size_t i = 0; i < n; i++) block[3 + i] = key(delay() / 1e3, sequence++, uint32_t(i));
  std::sort(block + 3, block + 3 + n);
  double fourAry = rate(total, [&] {
    for (size_t i = 0; i < total; i++) {
      uint64_t bits = uint64_t(block[3] >> 64);
      double time;
      std::memcpy(&time, &bits, 8);
      last = time;
      replaceTop(block + 3, n, key(time + delay() / 1e3, sequence++, uint32_t(block[3])));
    }
    return total;
  });
  std::free(block);

  state = 42;
  std::vector<std::vector<uint32_t>> buckets(4096);
  for (size_t i = 0; i < n; i++) buckets[delay() & 4095].push_back(uint32_t(i));
  double wheel = rate(total, [&] {
    size_t done = 0;
    for (uint64_t now = 0; done < total; now++) {
      auto& due = buckets[now & 4095];
      for (uint32_t agent : due) buckets[(now + delay()) & 4095].push_back(agent);
      done += due.size();
      due.clear();
    }
    return done;
  });
  std::printf("{\"heap\": %.0f, \"fourAry\": %.0f, \"wheel\": %.0f}\n", heap, fourAry, wheel);
}
