// Log density and score of a mixture of isotropic Gaussians, for a range of points.

#include "mixture_kernels.h"

#include <math.h>
#include <string.h>

#include "kernels.h"
#include "mixture_blocks.h"
#include "mixture_distances.h"
#include "mixture_pruning.h"

// The log terms of a block of components at a point in one or two dimensions.
INLINE void planar_terms(const sf_mixture *m, const int d, const long k, const double x0, const double x1,
                         block *restrict out) {
  const block *restrict means = (const block *)m->means;
  const block a = means[k * d] - x0, b = d == 2 ? means[k * d + 1] - x1 : (block){0};
  *out = ((const block *)m->log_factor)[k] - ((const block *)m->precision)[k] * (a * a + b * b) * 0.5;
}

// One point in one or two dimensions: sums of all kinds in one sweep.
INLINE void planar_point(const sf_mixture *m, const int d, const double *point,
                            block *restrict work, double *log_density, double *score) {
  const long n = m->components / LANES;
  const block *restrict means = (const block *)m->means;
  const block *restrict precision = (const block *)m->precision;
  const double x0 = point[0], x1 = point[d - 1];
  block top = (block){0} - INFINITY;
  for (long k = 0; k < n; k++) {
    planar_terms(m, d, k, x0, x1, work + k);
    top = __builtin_elementwise_max(top, work[k]);
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

long sf_mixture_work(long dimension, long components) {
  return SF_MIXTURE_BATCH * (dimension + components) + GROUPS * components / LANES
      + SF_MIXTURE_BATCH * dimension / 2;
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

// The log terms of all components at one point in one or two dimensions.
INLINE void terms_of_point(const sf_mixture *m, const double *point, block *restrict out) {
  const long n = m->components / LANES;
  if (m->dimension == 1) {
    for (long k = 0; k < n; k++) planar_terms(m, 1, k, point[0], point[0], out + k);
  } else {
    for (long k = 0; k < n; k++) planar_terms(m, 2, k, point[0], point[1], out + k);
  }
}

#define KERNEL "mixture_kernel.h"
#include "each_set.h"

void sf_isotropic_mixture(const sf_mixture *mixture, const double *x, long count, double *work,
                          double *log_density, double *score) {
  BEST(mixture, mixture, x, count, work, log_density, score);
}

void sf_planar_terms(const sf_mixture *mixture, const double *point, double *out) {
  BEST(planar, mixture, point, out);
}
