// Philox4x32-10 and Box-Muller, written so that the compiler vectorises over blocks.
//
// Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (SC11).

#include "random_kernels.h"

#include <string.h>

#include "kernels.h"

// A fused multiply-add rounds once where two operations round twice: the clone that has it would
// give other bits than the one that has not.
#pragma STDC FP_CONTRACT OFF

// Blocks made at a time; their words stay in the first-level cache.
enum { kChunk = 128 };

INLINE double double_of(uint64_t bits) {
  double value;
  memcpy(&value, &bits, 8);
  return value;
}

INLINE uint64_t bits_of(double value) {
  uint64_t bits;
  memcpy(&bits, &value, 8);
  return bits;
}

INLINE float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

INLINE uint32_t bits_of_float(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return bits;
}

INLINE uint64_t product(uint64_t x, uint64_t multiplier) { return (x & 0xffffffffu) * multiplier; }

// The two 64-bit words of `count` blocks.
//
// Words of 32 bits live in the low halves of 64-bit lanes, what is in the high halves does not
// matter: the vector product of 32-bit numbers reads the low halves only.
INLINE void philox(const sf_stream *stream, uint32_t first, long count, uint64_t *restrict a,
                   uint64_t *restrict b) {
  const uint64_t purpose = stream->purpose;
  const uint64_t low = stream->index_low, high = stream->index_high;
  const uint32_t key0 = stream->key[0], key1 = stream->key[1];
#pragma clang loop interleave_count(2)
  for (long i = 0; i < count; i++) {
    uint64_t c0 = (uint32_t)(first + (uint32_t)i), c1 = purpose, c2 = low, c3 = high;
#pragma clang loop unroll(full)
    for (uint32_t round = 0; round < 10; round++) {
      const uint64_t p0 = product(c0, 0xD2511F53u), p1 = product(c2, 0xCD9E8D57u);
      const uint64_t k0 = key0 + round * 0x9E3779B9u, k1 = key1 + round * 0xBB67AE85u;
      c0 = (p1 >> 32) ^ c1 ^ (uint64_t)(uint32_t)k0;
      c2 = (p0 >> 32) ^ c3 ^ (uint64_t)(uint32_t)k1;
      c1 = p1;
      c3 = p0;
    }
    a[i] = c1 << 32 | (c0 & 0xffffffffu);
    b[i] = c3 << 32 | (c2 & 0xffffffffu);
  }
}

// The words in their order in the stream; at most those of a chunk.
INLINE void paired_words(const sf_stream *stream, uint32_t first, long count,
                         uint64_t *restrict out) {
  uint64_t a[kChunk], b[kChunk];
  philox(stream, first, (count + 1) / 2, a, b);
  for (long i = 0; i < count / 2; i++) {
    out[2 * i] = a[i];
    out[2 * i + 1] = b[i];
  }
  if (count & 1) out[count - 1] = a[count / 2];
}

// A 32-bit number n as base + n * (base's last place), without a conversion instruction, which
// AVX2 does not have for 64-bit lanes; base is a power of two.
INLINE double placed(double base, uint64_t n) { return double_of(bits_of(base) | n); }

// (word + 1/2) 2^-64, rounded; never 0.
INLINE double unit_interval(uint64_t word) {
  const double high = placed(0x1p20, word >> 32) - 0x1p20;
  const double low = placed(0x1p-12, word & 0xffffffffu) - (0x1p-12 - 0x1p-65);
  return high + low;
}

// (top 53 bits + 1/2) 2^-53, rounded, but never to 1.
INLINE double uniform(uint64_t word) {
  const double high = placed(0x1p20, word >> 32) - 0x1p20;
  const double low = placed(0x1p-1, (word & 0xffffffffu) >> 11) - (0x1p-1 - 0x1p-54);
  const double u = high + low;
  return u < 1.0 ? u : 0x1.fffffffffffffp-1;
}

// ln u for positive normal u; relative error below 2e-16.
//
// u = 2^k (1 + f) with 1 + f between the roots of 1/2 and 2, s = f / (2 + f):
// ln(1 + f) = 2 s + s z R(z), z = s^2, R fitted at Chebyshev nodes (4e-18 of the result), arranged
// so that the first term is f itself and the rounding of s counts for little.
INLINE double log_core(double u) {
  const uint64_t root_half = 0x3fe6a09e667f3bcd;
  const uint64_t shifted = bits_of(u) + (0x3ff0000000000000 - root_half);
  const double k = placed(0x1p52, shifted >> 52) - (0x1p52 + 1023);
  const double f = double_of((shifted & 0x000fffffffffffff) + root_half) - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s, z2 = z * z;
  const double r1 = 0x1.5555555555558p-1 + z * 0x1.99999999952e2p-2;
  const double r2 = 0x1.2492492df148dp-2 + z * 0x1.c71c62e5800a0p-3;
  const double r3 = 0x1.7462b4ab2efa4p-3 + z * 0x1.39fe6065427bep-3;
  const double r = z * (r1 + z2 * (r2 + z2 * (r3 + z2 * 0x1.2b584aae7ca60p-3)));
  const double half_square = 0.5 * f * f;
  // ln 2 in two parts; k times the first is exact.
  const double small = s * (half_square + r) + k * 0x1.9ef35793c7673p-41;
  return k * 0x1.62e42fefa2000p-1 - ((half_square - small) - f);
}

// sin x and cos x for |x| <= pi/4; relative errors below 2e-16. Fitted at Chebyshev nodes (2e-17).
INLINE double sine_core(double x) {
  const double y = x * x, y2 = y * y;
  const double p1 = -0x1.5555555555555p-3 + y * 0x1.1111111110bb2p-7;
  const double p2 = -0x1.a01a019e83aa8p-13 + y * 0x1.71de379689862p-19;
  const double p3 = -0x1.ae600b0226712p-26 + y * 0x1.5e0b19c4ecc55p-33;
  return x + x * (y * (p1 + y2 * (p2 + y2 * p3)));
}

INLINE double cosine_core(double x) {
  const double y = x * x, y2 = y * y;
  const double p1 = 0x1.5555555555555p-5 + y * -0x1.6c16c16c16967p-10;
  const double p2 = 0x1.a01a019f4eafdp-16 + y * -0x1.27e4fa17d9c4ep-22;
  const double p3 = 0x1.1eeb68e8f378fp-29 + y * -0x1.907da333d2737p-37;
  return (1.0 - 0.5 * y) + y2 * (p1 + y2 * (p2 + y2 * p3));
}

INLINE double radius(uint64_t a) {
  return __builtin_elementwise_sqrt(-2.0 * log_core(unit_interval(a)));
}

INLINE void place(double r, uint64_t b, double *restrict first, double *restrict second) {
  // The low 62 bits of b on (-1/2, 1/2), then in radians.
  const double high = placed(0x1p22, (b >> 32) & 0x3fffffffu) - (0x1p22 + 0.5);
  const double low = placed(0x1p-10, b & 0xffffffffu) - (0x1p-10 - 0x1p-63);
  const double x = (high + low) * 0x1.921fb54442d18p+0;
  const uint64_t sign = b & 0x8000000000000000;
  const double c = r * double_of(bits_of(cosine_core(x)) ^ sign), s = r * sine_core(x);
  const int exchanged = (int64_t)(b << 1) < 0;
  *first = exchanged ? s : c;
  *second = exchanged ? c : s;
}

// Radii and angles in loops of their own, two or four vectors at a time: each loop then has the
// registers it needs to overlap its long chains of dependent operations.
INLINE void normals(const sf_stream *stream, uint32_t first, double *restrict out, long count) {
  uint64_t a[kChunk], b[kChunk];
  double r[kChunk], spare;
  for (; count > 0; first += kChunk, out += 2 * kChunk, count -= 2 * kChunk) {
    const long n = count < 2 * kChunk ? count : 2 * kChunk;
    philox(stream, first, (n + 1) / 2, a, b);
#pragma clang loop interleave_count(4)
    for (long i = 0; i < (n + 1) / 2; i++) r[i] = radius(a[i]);
#pragma clang loop interleave_count(4)
    for (long i = 0; i < n / 2; i++) place(r[i], b[i], out + 2 * i, out + 2 * i + 1);
    if (n & 1) place(r[n / 2], b[n / 2], out + n - 1, &spare);
  }
}

// ln u in float32, where u is y or, with the flag, 1 - y; 0 < y <= 1/2. The same method.
INLINE float log_float(float y, uint32_t from_above) {
  const float u = from_above ? 1.0f - y : y;
  const uint32_t root_half = 0x3f3504f3;
  const uint32_t shifted = bits_of_float(u) + (0x3f800000 - root_half);
  const int32_t k = (int32_t)(shifted >> 23) - 127;
  const float reduced = float_of((shifted & 0x007fffff) + root_half) - 1.0f;
  // Near 1 the distance from it is y itself, to the last bit.
  const float f = ((k == 0) & (from_above != 0)) ? -y : reduced;
  const float s = f / (2.0f + f);
  const float z = s * s;
  const float r = z * (0.666666865f + z * (0.3998878f + z * 0.295799494f));
  const float half_square = 0.5f * f * f;
  const float exponent = (float)k;
  const float small = s * (half_square + r) + exponent * 0x1.0bfbe8p-15f;
  return exponent * 0x1.62ep-1f - ((half_square - small) - f);
}

INLINE float radius_float(uint32_t a) {
  // The distance of (a + 1/2) 2^-32 from the nearer end of (0, 1).
  const uint32_t from_above = (uint32_t)((int32_t)a >> 31);
  const float y = ((float)(int32_t)(a ^ from_above) + 0.5f) * 0x1p-32f;
  return __builtin_elementwise_sqrt(-2.0f * log_float(y, from_above));
}

INLINE void place_float(float r, uint32_t b, float *restrict first, float *restrict second) {
  // The low 30 bits of b on (-1/2, 1/2), in radians.
  const float x = (float)(int32_t)((b << 2 | 2) ^ 0x80000000u) * (0x1p-32f * 0x1.921fb6p+0f);
  const float y = x * x;
  const float sine = x + x * (y * (-0.166666642f + y * (0.00833274797f + y * -0.000195878907f)));
  const float cosine = (1.0f - y * 0.5f) +
                       y * y * (0.0416666642f + y * (-0.00138883025f + y * 2.45479423e-05f));
  const float s = r * sine, c = r * float_of(bits_of_float(cosine) ^ (b & 0x80000000u));
  const int exchanged = (int32_t)(b << 1) < 0;
  *first = exchanged ? s : c;
  *second = exchanged ? c : s;
}

INLINE void normals_float(const sf_stream *stream, uint32_t first, float *restrict out,
                          long count) {
  uint64_t words[2 * kChunk];
  uint32_t low[2 * kChunk], high[2 * kChunk];
  float r[2 * kChunk], spare;
  for (; count > 0; first += kChunk, out += 4 * kChunk, count -= 4 * kChunk) {
    const long n = count < 4 * kChunk ? count : 4 * kChunk, half = (n + 1) / 2;
    paired_words(stream, first, half, words);
    // A loop of its own: words of 64 bits in the others would halve their vectors.
    for (long i = 0; i < half; i++) {
      low[i] = (uint32_t)words[i];
      high[i] = (uint32_t)(words[i] >> 32);
    }
#pragma clang loop interleave_count(4)
    for (long i = 0; i < half; i++) r[i] = radius_float(low[i]);
#pragma clang loop interleave_count(4)
    for (long i = 0; i < n / 2; i++) place_float(r[i], high[i], out + 2 * i, out + 2 * i + 1);
    if (n & 1) place_float(r[n / 2], high[n / 2], out + n - 1, &spare);
  }
}

LOOP(void, sf_random_words,
     (const sf_stream *stream, uint32_t first, uint64_t *restrict out, long count),
     (stream, first, out, count)) {
  for (; count > 0; first += kChunk, out += 2 * kChunk, count -= 2 * kChunk)
    paired_words(stream, first, count < 2 * kChunk ? count : 2 * kChunk, out);
}

LOOP(void, sf_uniforms,
     (const sf_stream *stream, uint32_t first, double *restrict out, long count),
     (stream, first, out, count)) {
  uint64_t words[2 * kChunk];
  for (; count > 0; first += kChunk, out += 2 * kChunk, count -= 2 * kChunk) {
    const long n = count < 2 * kChunk ? count : 2 * kChunk;
    paired_words(stream, first, n, words);
    for (long i = 0; i < n; i++) out[i] = uniform(words[i]);
  }
}

LOOP(void, sf_normals,
     (const sf_stream *stream, uint32_t first, double *restrict out, long count),
     (stream, first, out, count)) {
  normals(stream, first, out, count);
}

LOOP(void, sf_normals_float,
     (const sf_stream *stream, uint32_t first, float *restrict out, long count),
     (stream, first, out, count)) {
  normals_float(stream, first, out, count);
}

void sf_normals_baseline(const sf_stream *stream, uint32_t first, double *out, long count) {
  normals(stream, first, out, count);
}

void sf_normals_float_baseline(const sf_stream *stream, uint32_t first, float *out, long count) {
  normals_float(stream, first, out, count);
}

void sf_normal_pair(uint64_t a, uint64_t b, double out[2]) {
  place(radius(a), b, out, out + 1);
}
