// Log density and score of a mixture of isotropic Gaussians, for a range of points.

#include "mixture_kernels.h"

#include <math.h>
#include <stdint.h>

// The baseline clone keeps older processors working; the other needs AVX2 and FMA.
#define SF_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
// A helper must become part of each clone, or it would be compiled for the baseline only.
#define SF_INLINE static inline __attribute__((always_inline))

// A block of components. Loops over blocks rather than over single components fix the order of
// every sum, so that the result does not depend on how the compiler vectorises.
enum { LANES = SF_MIXTURE_LANES };
typedef double block __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
typedef int64_t mask __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

// A component this far below the largest (e^-75 = 3e-33) changes no float64 sum, even where it is
// ten orders of magnitude more precise than the others. Blocks of such components are skipped.
static const double NEGLIGIBLE = -75;

// exp(x) for x in [-708, 0]; the largest relative error seen in 10^6 arguments is 4e-16.
//
// x = n ln 2 + r with |r| <= ln 2 / 2; the Taylor polynomial of degree 13 leaves 4e-18. Adding
// 1.5 * 2^52 rounds to an integer without a conversion, which AVX2 does not have for 64 bits.
SF_INLINE void exp_block(const block *in, block *out) {
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

SF_INLINE double sum_of(const block *lanes) {
  double sum = 0;
  for (int j = 0; j < LANES; j++) sum += (*lanes)[j];
  return sum;
}

// The largest lane; not a number where every lane is infinitely low, as for a point that is not
// finite: the maximum would silence it.
SF_INLINE double largest_of(const block *lanes) {
  double largest = (*lanes)[0];
  for (int j = 1; j < LANES; j++) largest = (*lanes)[j] > largest ? (*lanes)[j] : largest;
  return largest > -INFINITY ? largest : NAN;
}

SF_INLINE int any_above(const block *terms, double cutoff) {
  const mask above = *terms > cutoff;
  int64_t any = 0;
  for (int j = 0; j < LANES; j++) any |= above[j];
  return any != 0;
}

// The weight exp(term - largest) of each component of a block.
SF_INLINE void relative_weights(const block *terms, double largest, block *out) {
  const block e = __builtin_elementwise_max(*terms - largest, (block){0} - 708);
  exp_block(&e, out);
}

// One point in one or two dimensions: sums of all kinds in one sweep.
SF_INLINE void planar_point(const sf_mixture *m, const int d, const double *point,
                            block *restrict work, double *log_density, double *score) {
  const long n = m->components / LANES;
  const block *restrict mean0 = (const block *)m->means;
  const block *restrict mean1 = mean0 + (d - 1) * n;
  const block *restrict precision = (const block *)m->precision;
  const block *restrict log_factor = (const block *)m->log_factor;
  const double x0 = point[0], x1 = point[d - 1];
  block top = (block){0} - INFINITY;
  for (long k = 0; k < n; k++) {
    const block a = mean0[k] - x0, b = d == 2 ? mean1[k] - x1 : (block){0};
    const block term = log_factor[k] - precision[k] * (a * a + b * b) * 0.5;
    work[k] = term;
    top = __builtin_elementwise_max(top, term);
  }
  const double largest = largest_of(&top);
  block sums = {0}, pull0 = {0}, pull1 = {0};
  for (long k = 0; k < n; k++) {
    if (!any_above(work + k, largest + NEGLIGIBLE)) continue;
    block p;
    relative_weights(work + k, largest, &p);
    sums += p;
    p *= precision[k];
    pull0 += p * (mean0[k] - x0);
    if (d == 2) pull1 += p * (mean1[k] - x1);
  }
  const double sum = sum_of(&sums);
  *log_density = largest + log(sum);
  if (!score) return;
  score[0] = sum_of(&pull0) / sum;
  if (d == 2) score[1] = sum_of(&pull1) / sum;
}

// Fills work with the log term of every component and returns the largest.
SF_INLINE double log_terms(const sf_mixture *m, const double *point, block *restrict work) {
  const long d = m->dimension, n = m->components / LANES;
  const block *restrict means = (const block *)m->means;
  for (long k = 0; k < n; k++) work[k] = (block){0};
  for (long i = 0; i < d; i++)
    for (long k = 0; k < n; k++) {
      const block a = means[i * n + k] - point[i];
      work[k] += a * a;
    }
  block top = (block){0} - INFINITY;
  for (long k = 0; k < n; k++) {
    const block precision = ((const block *)m->precision)[k];
    work[k] = ((const block *)m->log_factor)[k] - precision * work[k] * 0.5;
    top = __builtin_elementwise_max(top, work[k]);
  }
  return largest_of(&top);
}

// One point in any dimension.
SF_INLINE void spatial_point(const sf_mixture *m, const double *point, block *restrict work,
                             long *restrict active, double *log_density, double *score) {
  const long d = m->dimension, n = m->components / LANES;
  const block *restrict means = (const block *)m->means;
  const double largest = log_terms(m, point, work);
  block sums = {0};
  long count = 0;
  for (long k = 0; k < n; k++) {
    if (!any_above(work + k, largest + NEGLIGIBLE)) continue;
    block p;
    relative_weights(work + k, largest, &p);
    sums += p;
    work[count] = p * ((const block *)m->precision)[k];
    active[count++] = k;
  }
  const double sum = sum_of(&sums);
  *log_density = largest + log(sum);
  if (!score) return;
  for (long i = 0; i < d; i++) {
    block pull = {0};
    for (long a = 0; a < count; a++) pull += work[a] * (means[i * n + active[a]] - point[i]);
    score[i] = sum_of(&pull) / sum;
  }
}

SF_CLONES void sf_isotropic_mixture(const sf_mixture *mixture, const double *x, long count,
                                    double *work, long *active, double *log_density,
                                    double *score) {
  const long d = mixture->dimension;
  block *terms = (block *)work;
  for (long row = 0; row < count; row++) {
    const double *point = x + row * d;
    double *gradient = score ? score + row * d : score, *log_value = log_density + row;
    if (d == 1) planar_point(mixture, 1, point, terms, log_value, gradient);
    else if (d == 2) planar_point(mixture, 2, point, terms, log_value, gradient);
    else spatial_point(mixture, point, terms, active, log_value, gradient);
  }
}
