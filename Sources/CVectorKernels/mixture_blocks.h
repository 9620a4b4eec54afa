// Blocks of components, and the weights that log terms make; part of mixture.c.
#pragma once

#include <math.h>
#include <stdint.h>

#include "kernels.h"
#include "mixture_kernels.h"

// A block of components. Loops over blocks rather than over single components fix the order of
// every sum, so that the result does not depend on how the compiler vectorises.
enum { LANES = SF_MIXTURE_LANES };
typedef double block __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
typedef float single_block __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int64_t mask __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

// A component this far below the largest (e^-75 = 3e-33) changes no float64 sum, even where it is
// ten orders of magnitude more precise than the others. Such components count as nothing, and
// blocks of them are skipped.
static const double NEGLIGIBLE = -75;

// exp(x) for x in [-708, 0]; the largest relative error seen in 10^6 arguments is 4e-16.
//
// x = n ln 2 + r with |r| <= ln 2 / 2; the Taylor polynomial of degree 13 leaves 4e-18. Adding
// 1.5 * 2^52 rounds to an integer without a conversion, which AVX2 does not have for 64 bits.
INLINE void exp_block(const block *in, block *out) {
  const double magic = 0x1.8p52;
  const block x = *in;
  const block shifted = x * 0x1.71547652b82fep0 + magic;
  const block n = shifted - magic;
  const block r = (x - n * 0x1.62e42fefa0000p-1) - n * 0x1.cf79abc9e3b39p-40;
  // Pairs, then fours (Estrin): half the length of Horner's chain of dependent operations.
  const block r2 = r * r, r4 = r2 * r2;
  const block a = (r + 1.0) + (r * (1.0 / 6) + 0.5) * r2;
  const block b = (r * (1.0 / 120) + 1.0 / 24) + (r * (1.0 / 5040) + 1.0 / 720) * r2;
  const block c =
      (r * (1.0 / 362880) + 1.0 / 40320) + (r * (1.0 / 39916800) + 1.0 / 3628800) * r2;
  const block d = r * (1.0 / 6227020800) + 1.0 / 479001600;
  const block p = a + r4 * (b + r4 * (c + r4 * d));
  *out = (block)((mask)p + ((mask)shifted << 52));
}

INLINE double sum_of(const block *lanes) {
  double sum = 0;
  for (int j = 0; j < LANES; j++) sum += (*lanes)[j];
  return sum;
}

// The largest lane; not a number where every lane is infinitely low, as for a point that is not
// finite: the maximum would silence it.
INLINE double largest_of(const block *lanes) {
  double largest = (*lanes)[0];
  for (int j = 1; j < LANES; j++) largest = (*lanes)[j] > largest ? (*lanes)[j] : largest;
  return largest > -INFINITY ? largest : NAN;
}

// Whether some term may count; also where the cutoff is so low that it rounds to the largest term.
INLINE int any_above(const block *terms, double cutoff) {
  const mask above = *terms >= cutoff;
  int64_t any = 0;
  for (int j = 0; j < LANES; j++) any |= above[j];
  return any != 0;
}

// The weight exp(term - largest) of each component of a block; zero where it is negligible.
INLINE void relative_weights(const block *terms, double largest, block *out) {
  const block e = *terms - largest;
  const block clamped = __builtin_elementwise_max(e, (block){0} + NEGLIGIBLE);
  exp_block(&clamped, out);
  *out = (block)((mask)*out & (e > NEGLIGIBLE));
}
