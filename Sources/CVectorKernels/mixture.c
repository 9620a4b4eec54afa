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
// Blocks of components that products are summed for at a time, so that sums stay in the registers.
enum { MOST_BLOCKS = 2, SINGLE_BLOCKS = 2, PART = 32 };
_Static_assert(SF_MIXTURE_BATCH % GROUP == 0, "A batch holds whole groups.");

// Where things stand in a caller's work space; see sf_mixture_work.
typedef struct {
  double *points;  // [group][axis][GROUP]
  float *single;   // the same in single precision
  block *terms;    // [group][block][GROUP]: squared distances, later log terms and weights
  long *active;    // [group][block]: the blocks that count for some point of the group
  long counts[GROUPS];
  double norms[GROUPS][GROUP];  // squared lengths of the points
  double sums[GROUPS][GROUP], pulls[GROUPS][GROUP];
} workspace;

long sf_mixture_work(long dimension, long components) {
  return SF_MIXTURE_BATCH * (dimension + components) + GROUPS * components / LANES
      + SF_MIXTURE_BATCH * dimension / 2;
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

// Products along some axes of `tile` blocks of components with each point of a group, added to what is
// there. Each sum runs along the axes, whatever the tile.
INLINE void add_products(const block *restrict means, const long stride, const double *restrict points,
                         const long axes, const int tile, block *restrict out) {
  block sums[MOST_BLOCKS][GROUP];
  for (int b = 0; b < tile; b++)
    for (int p = 0; p < GROUP; p++) sums[b][p] = out[b * GROUP + p];
  for (long i = 0; i < axes; i++)
    for (int b = 0; b < tile; b++) {
      const block mean = means[b * stride + i];
      for (int p = 0; p < GROUP; p++) sums[b][p] += mean * points[i * GROUP + p];
    }
  for (int b = 0; b < tile; b++)
    for (int p = 0; p < GROUP; p++) out[b * GROUP + p] = sums[b][p];
}

// The same in single precision.
INLINE void add_estimates(const single_block *restrict means, const long stride,
                          const float *restrict points, const long axes, const int tile,
                          single_block *restrict out) {
  single_block sums[SINGLE_BLOCKS][GROUP];
  for (int b = 0; b < tile; b++)
    for (int p = 0; p < GROUP; p++) sums[b][p] = out[b * GROUP + p];
  for (long i = 0; i < axes; i++)
    for (int b = 0; b < tile; b++) {
      const single_block mean = means[b * stride + i];
      for (int p = 0; p < GROUP; p++) sums[b][p] += mean * points[i * GROUP + p];
    }
  for (int b = 0; b < tile; b++)
    for (int p = 0; p < GROUP; p++) out[b * GROUP + p] = sums[b][p];
}

// Squared distances as |x|^2 - 2 x mu + |mu|^2, where that is precise enough; see `method`.
INLINE void fill_products(const sf_mixture *m, workspace *w, long groups, const int tile) {
  const long d = m->dimension, n = m->components / LANES;
  const block *norms = (const block *)m->norms;
  memset(w->terms, 0, groups * n * GROUP * sizeof(block));
  for (long start = 0; start < d; start += AXES) {
    const long axes = d - start < AXES ? d - start : AXES;
    for (long k = 0; k < n; k += tile)
      for (long g = 0; g < groups; g++) {
        const block *means = (const block *)m->means + k * d + start;
        const double *points = w->points + (g * d + start) * GROUP;
        block *out = w->terms + (g * n + k) * GROUP;
        if (n - k >= tile) add_products(means, d, points, axes, tile, out);
        else
          for (long b = 0; b < n - k; b++)
            add_products(means + b * d, d, points, axes, 1, out + b * GROUP);
      }
  }
  for (long g = 0; g < groups; g++)
    for (long k = 0; k < n; k++)
      for (int p = 0; p < GROUP; p++) {
        block *term = w->terms + (g * n + k) * GROUP + p;
        *term = (w->norms[g][p] + norms[k]) - 2 * *term;
      }
}

// Squared distances in the same way with products in single precision, for pruning.
INLINE void fill_estimates(const sf_mixture *m, workspace *w, long groups) {
  const long d = m->dimension, n = m->components / LANES;
  const block *norms = (const block *)m->norms;
  for (long k = 0; k < n; k += SINGLE_BLOCKS) {
    const long tile = n - k < SINGLE_BLOCKS ? n - k : SINGLE_BLOCKS;
    single_block sums[GROUPS][SINGLE_BLOCKS * GROUP];
    memset(sums, 0, sizeof sums);
    for (long start = 0; start < d; start += AXES) {
      const long axes = d - start < AXES ? d - start : AXES;
      for (long g = 0; g < groups; g++) {
        const single_block *means = (const single_block *)m->single + k * d + start;
        const float *points = w->single + (g * d + start) * GROUP;
        if (tile == SINGLE_BLOCKS) add_estimates(means, d, points, axes, SINGLE_BLOCKS, sums[g]);
        else
          for (long b = 0; b < tile; b++)
            add_estimates(means + b * d, d, points, axes, 1, sums[g] + b * GROUP);
      }
    }
    for (long g = 0; g < groups; g++)
      for (long b = 0; b < tile; b++)
        for (int p = 0; p < GROUP; p++)
          w->terms[(g * n + k + b) * GROUP + p] = (w->norms[g][p] + norms[k + b])
              - 2 * __builtin_convertvector(sums[g][b * GROUP + p], block);
  }
}

// Lists the blocks of a group in which some component may count, by squared distances that are as wrong as
// makes `slack` of a log term, and returns how many there are.
INLINE long list_near_blocks(const sf_mixture *m, workspace *w, long g, double slack) {
  const long n = m->components / LANES;
  const block *restrict precision = (const block *)m->precision;
  const block *restrict log_factor = (const block *)m->log_factor;
  block *restrict terms = w->terms + g * n * GROUP;
  block top[GROUP];
  double cutoff[GROUP];
  for (int p = 0; p < GROUP; p++) top[p] = (block){0} - INFINITY;
  for (long k = 0; k < n; k++)
    for (int p = 0; p < GROUP; p++) {
      block *term = terms + k * GROUP + p;
      *term = log_factor[k] - precision[k] * *term * 0.5;
      top[p] = __builtin_elementwise_max(top[p], *term);
    }
  // Both the largest term and the one compared with it are off by the slack.
  for (int p = 0; p < GROUP; p++) cutoff[p] = largest_of(top + p) + NEGLIGIBLE - 2 * slack;
  w->counts[g] = 0;
  for (long k = 0; k < n; k++) {
    int any = 0;
    for (int p = 0; p < GROUP; p++) any |= any_above(terms + k * GROUP + p, cutoff[p]);
    if (any) w->active[g * n + w->counts[g]++] = k;
  }
  return w->counts[g];
}

// Squared distances by differences of the listed blocks of a group.
INLINE void measure_listed(const sf_mixture *m, workspace *w, long g) {
  const long d = m->dimension, n = m->components / LANES;
  for (long a = 0; a < w->counts[g]; a++) {
    const long k = w->active[g * n + a];
    block *out = w->terms + (g * n + k) * GROUP;
    for (int p = 0; p < GROUP; p++) out[p] = (block){0};
    for (long start = 0; start < d; start += AXES)
      add_distances((const block *)m->means + k * d + start, w->points + (g * d + start) * GROUP,
                    d - start < AXES ? d - start : AXES, out);
  }
}

INLINE void list_all_blocks(const sf_mixture *m, workspace *w, long g) {
  const long n = m->components / LANES;
  for (long k = 0; k < n; k++) w->active[g * n + k] = k;
  w->counts[g] = n;
}

// Turns the distances of a group's listed blocks into weights times precision, and lists the blocks in
// which some weight counts.
INLINE void fill_weights(const sf_mixture *m, workspace *w, long g, double *log_density) {
  const long n = m->components / LANES, listed = w->counts[g];
  const block *restrict precision = (const block *)m->precision;
  block *restrict terms = w->terms + g * n * GROUP;
  long *restrict active = w->active + g * n;
  block top[GROUP], sums[GROUP] = {0}, pulls[GROUP] = {0};
  double largest[GROUP];
  for (int p = 0; p < GROUP; p++) top[p] = (block){0} - INFINITY;
  for (long a = 0; a < listed; a++)
    for (int p = 0; p < GROUP; p++) {
      const long k = active[a];
      block *term = terms + k * GROUP + p;
      *term = ((const block *)m->log_factor)[k] - precision[k] * *term * 0.5;
      top[p] = __builtin_elementwise_max(top[p], *term);
    }
  for (int p = 0; p < GROUP; p++) largest[p] = largest_of(top + p);
  w->counts[g] = 0;
  for (long a = 0; a < listed; a++) {
    const long k = active[a];
    int any = 0;
    for (int p = 0; p < GROUP; p++) {
      block *term = terms + k * GROUP + p;
      block weight = {0};
      if (any_above(term, largest[p] + NEGLIGIBLE)) {
        any = 1;
        relative_weights(term, largest[p], &weight);
        sums[p] += weight;
        weight *= precision[k];
        pulls[p] += weight;
      }
      *term = weight;
    }
    if (any) active[w->counts[g]++] = k;
  }
  for (int p = 0; p < GROUP; p++) {
    w->sums[g][p] = sum_of(sums + p);
    w->pulls[g][p] = sum_of(pulls + p);
    log_density[p] = largest[p] + log(w->sums[g][p]);
  }
}

// Adds weight_k precision_k mean_k over the listed blocks of a group from a place of the list up to a block,
// for a chunk of LANES axes.
//
// Returns the place in the list of the next block.
INLINE long add_pulls(const sf_mixture *m, const workspace *w, long g, long chunk, long place,
                      long end, block *sums) {
  const long n = m->components / LANES;
  const block *restrict means = (const block *)m->axes + chunk * m->components;
  const double *restrict weights = (const double *)(w->terms + g * n * GROUP);
  const long *restrict active = w->active + g * n;
  block pulled[GROUP];
  for (int p = 0; p < GROUP; p++) pulled[p] = sums[p];
  for (; place < w->counts[g] && active[place] < end; place++) {
    const long k = active[place];
    for (int j = 0; j < LANES; j++) {
      const block mean = means[k * LANES + j];
      for (int p = 0; p < GROUP; p++) pulled[p] += mean * weights[(k * GROUP + p) * LANES + j];
    }
  }
  for (int p = 0; p < GROUP; p++) sums[p] = pulled[p];
  return place;
}

// score = (sum_k weight_k precision_k mean_k - x sum_k weight_k precision_k) / sum_k weight_k,
// for a chunk of LANES axes of the points of all groups.
//
// The difference loses no more than a change of x in its last bits would.
INLINE void chunk_of_scores(const sf_mixture *m, const workspace *w, long groups, long chunk,
                            long count, double *score) {
  const long d = m->dimension, n = m->components / LANES;
  block sums[GROUPS][GROUP];
  long places[GROUPS] = {0};
  memset(sums, 0, sizeof sums);
  // As many means as stay in the first-level cache next to the weights of a group.
  for (long end = PART; end < n + PART; end += PART)
    for (long g = 0; g < groups; g++)
      places[g] = add_pulls(m, w, g, chunk, places[g], end, sums[g]);
  for (long row = 0; row < count; row++) {
    const long g = row / GROUP, p = row % GROUP;
    for (long i = chunk * LANES; i < d && i < (chunk + 1) * LANES; i++) {
      const double x = w->points[(g * d + i) * GROUP + p];
      score[row * d + i] = (sums[g][p][i - chunk * LANES] - x * w->pulls[g][p]) / w->sums[g][p];
    }
  }
}

// How far squared distances by products are off, in units of a log term and of reach^2: a product of d
// factors is off by (d + 2) u |x| |mu|, with u = 2^-53 or 2^-24 and two more roundings of the factors in
// single precision, and so are the squared lengths; reach is |x| + |mu| (Higham 2002, "Accuracy and
// Stability of Numerical Algorithms", section 3.1).
INLINE double slack_of(const sf_mixture *m, double precision, double unit) {
  return 0.5 * precision * (double)(m->dimension + 4) * unit;
}

INLINE double largest_precision(const sf_mixture *m) {
  double precision = 0;
  for (long k = 0; k < m->components; k++)
    precision = m->precision[k] > precision ? m->precision[k] : precision;
  return precision;
}

// How long a point may be whose squared distances are found by products in double precision: log terms are
// then off by at most 5e-10, and in the cases tested by less than 1e-11, as errors do not all add up. Negative
// where points of this level are longer, or nearer than that to some means only: those are found by pruning.
// It depends on the mixture alone, so that a point's values do not
// depend on its company.
INLINE double longest_by_products(const sf_mixture *m, double precision) {
  if (!m->norms || !(m->largest_norm < 1e30)) return -1;
  const double mean = sqrt(m->largest_norm);
  const double longest = sqrt(5e-10 / slack_of(m, precision, 0x1p-53)) - mean;
  return longest >= mean + 2 * sqrt((double)m->dimension / precision) ? longest : -1;
}

// Squared distances by differences for the points of a group that are longer than `longest`, or not finite.
INLINE void mend_long_points(const sf_mixture *m, workspace *w, long g, double longest) {
  const long d = m->dimension, n = m->components / LANES;
  int any = 0;
  for (int p = 0; p < GROUP; p++) any |= !(w->norms[g][p] <= longest * longest);
  if (!any) return;
  for (long k = 0; k < n; k++) {
    block found[GROUP] = {0};
    for (long start = 0; start < d; start += AXES)
      add_distances((const block *)m->means + k * d + start, w->points + (g * d + start) * GROUP,
                    d - start < AXES ? d - start : AXES, found);
    for (int p = 0; p < GROUP; p++)
      if (!(w->norms[g][p] <= longest * longest)) w->terms[(g * n + k) * GROUP + p] = found[p];
  }
}

// Lists the blocks of all groups that may count, by products in single precision, with their distances.
//
// Returns whether that was worth while: where most blocks may count, all distances are to be found.
INLINE int prune(const sf_mixture *m, workspace *w, long groups, double precision) {
  double norm = 0;
  for (long g = 0; g < groups; g++)
    for (int p = 0; p < GROUP; p++) {
      // A point that is not finite makes all its values not a number, by differences.
      if (!(w->norms[g][p] < 1e30)) return 0;
      norm = w->norms[g][p] > norm ? w->norms[g][p] : norm;
    }
  const double reach = sqrt(norm) + sqrt(m->largest_norm);
  // Squares below the smallest number of single precision are lost.
  const double slack = slack_of(m, precision, 0x1p-24) * reach * reach
      + precision * (double)m->dimension * 1e-37;
  if (!(slack < 40)) return 0;
  fill_estimates(m, w, groups);
  long kept = 0;
  for (long g = 0; g < groups; g++) kept += list_near_blocks(m, w, g, slack);
  if (2 * kept > groups * (m->components / LANES)) return 0;
  for (long g = 0; g < groups; g++) measure_listed(m, w, g);
  return 1;
}

// What is found of a mixture once for all points.
typedef struct {
  double precision;  // the largest
  double longest;    // see longest_by_products
  int prunes;        // whether pruning has been worth while so far; it changes no bit
} plan;

INLINE void fill_all(const sf_mixture *m, workspace *w, long groups, plan *plan, const int tile) {
  if (plan->longest >= 0) {
    fill_products(m, w, groups, tile);
    for (long g = 0; g < groups; g++) mend_long_points(m, w, g, plan->longest);
  } else if (plan->prunes && m->single) {
    plan->prunes = prune(m, w, groups, plan->precision);
    if (plan->prunes) return;
    fill_distances(m, w, groups);
  } else fill_distances(m, w, groups);
  for (long g = 0; g < groups; g++) list_all_blocks(m, w, g);
}

// At most SF_MIXTURE_BATCH points in any dimension.
INLINE void batch_of_points(const sf_mixture *m, const double *x, long count, double *work,
                            plan *plan, const int tile, double *log_density, double *score) {
  const long d = m->dimension, n = m->components / LANES, groups = (count + GROUP - 1) / GROUP;
  workspace w;
  w.terms = (block *)work;
  w.points = work + SF_MIXTURE_BATCH * m->components;
  w.active = (long *)(w.points + SF_MIXTURE_BATCH * d);
  w.single = (float *)(w.active + GROUPS * n);
  memset(w.norms, 0, sizeof w.norms);
  // The last group is filled up with its last point.
  for (long row = 0; row < groups * GROUP; row++)
    for (long i = 0; i < d; i++) {
      const double value = x[(row < count ? row : count - 1) * d + i];
      const long place = (row / GROUP * d + i) * GROUP + row % GROUP;
      w.points[place] = value;
      w.single[place] = value;
      w.norms[row / GROUP][row % GROUP] += value * value;
    }
  fill_all(m, &w, groups, plan, tile);
  for (long g = 0; g < groups; g++) {
    const long rows = count - g * GROUP < GROUP ? count - g * GROUP : GROUP;
    double values[GROUP];
    fill_weights(m, &w, g, values);
    memcpy(log_density + g * GROUP, values, rows * sizeof(double));
  }
  if (!score) return;
  for (long chunk = 0; chunk * LANES < d; chunk++)
    chunk_of_scores(m, &w, groups, chunk, count, score);
}

INLINE void all_points(const sf_mixture *m, const double *x, long count, double *work,
                       const int tile, double *log_density, double *score) {
  const long d = m->dimension;
  if (d > 2) {
    plan plan = {largest_precision(m), 0, 1};
    plan.longest = longest_by_products(m, plan.precision);
    for (long row = 0; row < count; row += SF_MIXTURE_BATCH) {
      const long rows = count - row < SF_MIXTURE_BATCH ? count - row : SF_MIXTURE_BATCH;
      batch_of_points(m, x + row * d, rows, work, &plan, tile, log_density + row,
                      score ? score + row * d : score);
    }
    return;
  }
  for (long row = 0; row < count; row++) {
    double *gradient = score ? score + row * d : score;
    if (d == 1) planar_point(m, 1, x + row, (block *)work, log_density + row, gradient);
    else planar_point(m, 2, x + row * d, (block *)work, log_density + row, gradient);
  }
}

#define KERNEL "mixture_kernel.h"
#include "each_set.h"

void sf_isotropic_mixture(const sf_mixture *mixture, const double *x, long count, double *work,
                          double *log_density, double *score) {
  BEST(mixture, mixture, x, count, work, log_density, score);
}
