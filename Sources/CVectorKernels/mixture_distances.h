// Squared distances of groups of points from blocks of components, in three ways; part of mixture.c.
#pragma once

#include <string.h>

#include "mixture_blocks.h"

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

// Squared distances as |x|^2 - 2 x mu + |mu|^2, where that is precise enough; see longest_by_products.
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
