// Which of the three ways is taken, and which blocks count; part of mixture.c.
#pragma once

#include "mixture_distances.h"

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
