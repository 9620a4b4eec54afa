// Log density and score of a mixture of isotropic Gaussians, for a range of points.

#include "mixture_kernels.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "kernels.h"

// A block of components. Loops over blocks rather than over single components fix the order of
// every sum, so that the result does not depend on how the compiler vectorises.
enum { LANES = SF_MIXTURE_LANES };
typedef double block __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
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

// One point in one or two dimensions: sums of all kinds in one sweep.
INLINE void planar_point(const sf_mixture *m, const int d, const double *point,
                            block *restrict work, double *log_density, double *score) {
  const long n = m->components / LANES;
  const block *restrict means = (const block *)m->means;
  const block *restrict precision = (const block *)m->precision;
  const block *restrict log_factor = (const block *)m->log_factor;
  const double x0 = point[0], x1 = point[d - 1];
  block top = (block){0} - INFINITY;
  for (long k = 0; k < n; k++) {
    const block a = means[k * d] - x0, b = d == 2 ? means[k * d + 1] - x1 : (block){0};
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
    pull0 += p * (means[k * d] - x0);
    if (d == 2) pull1 += p * (means[k * d + 1] - x1);
  }
  const double sum = sum_of(&sums);
  *log_density = largest + log(sum);
  if (!score) return;
  score[0] = sum_of(&pull0) / sum;
  if (d == 2) score[1] = sum_of(&pull1) / sum;
}

// In three and more dimensions points go in groups, so that what is loaded of a mean serves them
// all, and groups in batches, so that a block of means stays in the cache. Sums run along fixed
// axes and components, each point on its own: its result does not depend on its company.
enum { GROUP = SF_MIXTURE_GROUP, GROUPS = SF_MIXTURE_BATCH / GROUP, AXES = 256 };
_Static_assert(SF_MIXTURE_BATCH % GROUP == 0, "A batch holds whole groups.");

// Where things stand in a caller's work space; see sf_mixture_work.
typedef struct {
  double *points;  // [group][axis][GROUP]
  block *terms;    // [group][block][GROUP]: log terms, later weights [component][GROUP]
  long *active;    // [group][block]: the blocks that count for some point of the group
  long counts[GROUPS];
  double sums[GROUPS][GROUP], pulls[GROUPS][GROUP];
} workspace;

long sf_mixture_work(long dimension, long components) {
  return SF_MIXTURE_BATCH * (dimension + components) + GROUPS * components / LANES;
}

// Adds the squared distances along some axes of a block of components to each point of a group.
//
// Differences are squared as they are: nothing cancels, unlike in |x|^2 - 2 x mu + |mu|^2.
INLINE void add_distances(const block *restrict means, const double *restrict points,
                             long axes, block *restrict out) {
  block sums[GROUP];
  for (int p = 0; p < GROUP; p++) sums[p] = out[p];
  for (long i = 0; i < axes; i++) {
    const block mean = means[i];
    for (int p = 0; p < GROUP; p++) {
      const block a = mean - points[i * GROUP + p];
      sums[p] += a * a;
    }
  }
  for (int p = 0; p < GROUP; p++) out[p] = sums[p];
}

INLINE void fill_distances(const sf_mixture *m, workspace *w, long groups) {
  const long d = m->dimension, n = m->components / LANES;
  memset(w->terms, 0, groups * n * GROUP * sizeof(block));
  for (long start = 0; start < d; start += AXES) {
    const long axes = d - start < AXES ? d - start : AXES;
    for (long k = 0; k < n; k++)
      for (long g = 0; g < groups; g++)
        add_distances((const block *)m->means + k * d + start,
                      w->points + (g * d + start) * GROUP, axes, w->terms + (g * n + k) * GROUP);
  }
}

// Turns the distances of a group into weights times precision, component by component, and lists
// the blocks in which some weight counts.
INLINE void fill_weights(const sf_mixture *m, workspace *w, long g, double *log_density) {
  const long n = m->components / LANES;
  const block *restrict precision = (const block *)m->precision;
  block *restrict terms = w->terms + g * n * GROUP;
  block top[GROUP], sums[GROUP] = {0}, pulls[GROUP] = {0};
  double largest[GROUP];
  for (int p = 0; p < GROUP; p++) top[p] = (block){0} - INFINITY;
  for (long k = 0; k < n; k++)
    for (int p = 0; p < GROUP; p++) {
      block *term = terms + k * GROUP + p;
      *term = ((const block *)m->log_factor)[k] - precision[k] * *term * 0.5;
      top[p] = __builtin_elementwise_max(top[p], *term);
    }
  for (int p = 0; p < GROUP; p++) largest[p] = largest_of(top + p);
  w->counts[g] = 0;
  for (long k = 0; k < n; k++) {
    int any = 0;
    block weights[GROUP];
    for (int p = 0; p < GROUP; p++) {
      const block *term = terms + k * GROUP + p;
      weights[p] = (block){0};
      if (!any_above(term, largest[p] + NEGLIGIBLE)) continue;
      any = 1;
      relative_weights(term, largest[p], weights + p);
      sums[p] += weights[p];
      weights[p] *= precision[k];
      pulls[p] += weights[p];
    }
    if (!any) continue;
    w->active[g * n + w->counts[g]++] = k;
    double *out = (double *)(terms + k * GROUP);
    for (int j = 0; j < LANES; j++)
      for (int p = 0; p < GROUP; p++) out[j * GROUP + p] = weights[p][j];
  }
  for (int p = 0; p < GROUP; p++) {
    w->sums[g][p] = sum_of(sums + p);
    w->pulls[g][p] = sum_of(pulls + p);
    log_density[p] = largest[p] + log(w->sums[g][p]);
  }
}

// score = (sum_k weight_k precision_k mean_k - x sum_k weight_k precision_k) / sum_k weight_k,
// for a chunk of LANES axes of the points of one group.
//
// The difference loses no more than a change of x in its last bits would.
INLINE void chunk_of_scores(const sf_mixture *m, const workspace *w, long g, long chunk,
                               long rows, double *score) {
  const long d = m->dimension, n = m->components / LANES;
  const block *restrict means = (const block *)m->axes + chunk * m->components;
  const double *restrict weights = (const double *)(w->terms + g * n * GROUP);
  block sums[GROUP] = {0};
  for (long a = 0; a < w->counts[g]; a++) {
    const long first = w->active[g * n + a] * LANES;
    for (long k = first; k < first + LANES; k++) {
      const block mean = means[k];
      for (int p = 0; p < GROUP; p++) sums[p] += mean * weights[k * GROUP + p];
    }
  }
  for (long p = 0; p < rows; p++)
    for (long i = chunk * LANES; i < d && i < (chunk + 1) * LANES; i++) {
      const double x = w->points[(g * d + i) * GROUP + p];
      score[p * d + i] = (sums[p][i - chunk * LANES] - x * w->pulls[g][p]) / w->sums[g][p];
    }
}

// At most SF_MIXTURE_BATCH points in any dimension.
INLINE void batch_of_points(const sf_mixture *m, const double *x, long count, double *work,
                               double *log_density, double *score) {
  const long d = m->dimension, groups = (count + GROUP - 1) / GROUP;
  workspace w;
  w.terms = (block *)work;
  w.points = work + SF_MIXTURE_BATCH * m->components;
  w.active = (long *)(w.points + SF_MIXTURE_BATCH * d);
  // The last group is filled up with its last point.
  for (long row = 0; row < groups * GROUP; row++)
    for (long i = 0; i < d; i++)
      w.points[(row / GROUP * d + i) * GROUP + row % GROUP] =
          x[(row < count ? row : count - 1) * d + i];
  fill_distances(m, &w, groups);
  for (long g = 0; g < groups; g++) {
    const long rows = count - g * GROUP < GROUP ? count - g * GROUP : GROUP;
    double values[GROUP];
    fill_weights(m, &w, g, values);
    memcpy(log_density + g * GROUP, values, rows * sizeof(double));
  }
  if (!score) return;
  for (long chunk = 0; chunk * LANES < d; chunk++)
    for (long g = 0; g < groups; g++) {
      const long rows = count - g * GROUP < GROUP ? count - g * GROUP : GROUP;
      chunk_of_scores(m, &w, g, chunk, rows, score + g * GROUP * d);
    }
}

CLONED void sf_isotropic_mixture(const sf_mixture *mixture, const double *x, long count,
                                    double *work, double *log_density, double *score) {
  const long d = mixture->dimension;
  if (d > 2) {
    for (long row = 0; row < count; row += SF_MIXTURE_BATCH) {
      const long rows = count - row < SF_MIXTURE_BATCH ? count - row : SF_MIXTURE_BATCH;
      batch_of_points(mixture, x + row * d, rows, work, log_density + row,
                      score ? score + row * d : score);
    }
    return;
  }
  for (long row = 0; row < count; row++) {
    double *gradient = score ? score + row * d : score;
    if (d == 1) planar_point(mixture, 1, x + row, (block *)work, log_density + row, gradient);
    else planar_point(mixture, 2, x + row * d, (block *)work, log_density + row, gradient);
  }
}
