// The limit of retrieval on x86-64 with AVX2, one thread: dot products over float32 and over int8 rows, then
// scores and the best 20. Recency and importance are computed before, and int8 is not rescored: less than an exact
// retrieval does. memories N.
#include <immintrin.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

static const int D = 384, K = 20;
using Found = std::vector<std::pair<float, uint32_t>>;

static float dot(const float* e, const float* q) {
  __m256 sums[4] = {};
  for (int i = 0; i < D; i += 32)
    for (int j = 0; j < 4; j++)
      sums[j] = _mm256_fmadd_ps(_mm256_loadu_ps(e + i + 8 * j), _mm256_loadu_ps(q + i + 8 * j), sums[j]);
  __m256 sum = _mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3]));
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
  half = _mm_hadd_ps(half, half);
  return _mm_cvtss_f32(_mm_hadd_ps(half, half));
}

static float dot(const int8_t* e, const int8_t* q) {
  __m256i sums[2] = {};
  for (int i = 0; i < D; i += 32)
    for (int j = 0; j < 2; j++)
      sums[j] = _mm256_add_epi32(sums[j], _mm256_madd_epi16(
          _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i*)(e + i + 16 * j))),
          _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i*)(q + i + 16 * j)))));
  int32_t lanes[8];
  _mm256_storeu_si256((__m256i*)lanes, _mm256_add_epi32(sums[0], sums[1]));
  int32_t sum = 0;
  for (int32_t lane : lanes) sum += lane;
  return float(sum);
}

template <class Number>
static void retrieve(const std::vector<Number>& rows, const Number* q, const std::vector<float>& recency,
                     const std::vector<float>& importance, std::vector<float>& relevance, Found& best) {
  size_t n = recency.size();
  for (size_t i = 0; i < n; i++) relevance[i] = dot(&rows[i * D], q);
  auto scale = [](const std::vector<float>& x) {
    float least = x[0], most = x[0];
    for (float value : x) least = std::min(least, value), most = std::max(most, value);
    return std::make_pair(1 / (most - least), -least / (most - least));
  };
  auto [a, a0] = scale(relevance);
  auto [b, b0] = scale(recency);
  auto [c, c0] = scale(importance);
  auto before = [](const auto& x, const auto& y) {
    return x.first > y.first || (x.first == y.first && x.second < y.second);
  };
  best.clear();
  for (size_t i = 0; i < n; i++) {
    float score = relevance[i] * a + recency[i] * b + importance[i] * c + (a0 + b0 + c0);
    if (best.size() == K && score <= best[0].first) continue;
    best.push_back({score, uint32_t(i)});
    std::push_heap(best.begin(), best.end(), before);
    if (best.size() > K) std::pop_heap(best.begin(), best.end(), before), best.pop_back();
  }
  std::sort(best.begin(), best.end(), before);
}

int main(int, char** arguments) {
  size_t n = std::strtoul(arguments[1], nullptr, 10);
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  auto unit = [&](float* row) {
    float square = 0;
    for (int j = 0; j < D; j++) row[j] = normal(random), square += row[j] * row[j];
    for (int j = 0; j < D; j++) row[j] /= std::sqrt(square);
  };
  auto rounded = [](float x) { return int8_t(std::max(-127.f, std::min(127.f, std::round(x * 400)))); };
  std::vector<float> rows(n * D), q(D), recency(n), importance(n), relevance(n);
  std::vector<int8_t> small(n * D), smallQ(D);
  for (size_t i = 0; i < n; i++) {
    unit(&rows[i * D]);
    recency[i] = std::pow(.995f, float((i * 7919) % n));
    importance[i] = float(1 + random() % 10);
  }
  std::transform(rows.begin(), rows.end(), small.begin(), rounded);
  unit(q.data());
  std::transform(q.begin(), q.end(), smallQ.begin(), rounded);
  Found best;
  auto measure = [&](auto work) {
    std::vector<double> times;
    for (int i = 0; i < (n > 50000 ? 20 : 200); i++) {
      auto begin = std::chrono::steady_clock::now();
      work();
      times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    return std::make_pair(times[0], times[times.size() / 2]);
  };
  auto whole = measure([&] { retrieve(rows, q.data(), recency, importance, relevance, best); });
  auto eighth = measure([&] { retrieve(small, smallQ.data(), recency, importance, relevance, best); });
  std::printf("{\"float32\": [%.5f, %.5f], \"int8\": [%.5f, %.5f]}\n", whole.first, whole.second, eighth.first,
              eighth.second);
}
