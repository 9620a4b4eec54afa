// Numbers of a Philox4x32-10 stream, many at a time.
//
// Every function works with integers and with single float operations of IEEE 754 (+ - * / sqrt),
// never with a fused one or one of the C library, so every processor gives the same bits, and so
// does every way of cutting a range of blocks into calls.
#pragma once

#include <stdint.h>

// The part of a stream's counter and key that stays the same from block to block.
typedef struct {
  uint32_t key[2];
  uint32_t purpose, index_low, index_high;
} sf_stream;

// The words of blocks first, first + 1, ..., as pairs (low half first): count 64-bit words, two
// from each block. An odd count leaves out the second word of the last block.
void sf_random_words(const sf_stream *stream, uint32_t first, uint64_t *out, long count);

// Uniform numbers, one from each 64-bit word: (top 53 bits + 1/2) 2^-53, rounded, below 1.
void sf_uniforms(const sf_stream *stream, uint32_t first, double *out, long count);

// Standard normal numbers by Box-Muller, two from each block, up to 9.4 in size.
//
// From the block's words (a, b), with u = (a + 1/2) 2^-64, r = sqrt(-2 ln u), and the angle
// x = pi/2 ((b mod 2^62 + 1/2) 2^-62 - 1/2): (r cos x, r sin x), the cosine negated by bit 63 of b,
// the two exchanged by bit 62. Relative error below 6e-16 given u and x / (pi/2) in float64.
void sf_normals(const sf_stream *stream, uint32_t first, double *out, long count);

// The two normal numbers that the words of one block make in sf_normals.
void sf_normal_pair(uint64_t a, uint64_t b, double out[2]);

// Standard normal numbers in float32, four from each block, up to 6.7 in size: each 64-bit word
// makes two as a block does in sf_normals, its low half as a, its high half as b (so 32 for 64, 30
// for 62, and bits 31 and 30).
//
// The radius keeps its relative accuracy at both ends of the uniform. Relative error below 4e-7.
void sf_normals_float(const sf_stream *stream, uint32_t first, float *out, long count);

// The same as they run on a processor without AVX2; for tests of the promise above.
void sf_normals_baseline(const sf_stream *stream, uint32_t first, double *out, long count);
void sf_normals_float_baseline(const sf_stream *stream, uint32_t first, float *out, long count);
