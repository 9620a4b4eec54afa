#include "pair_kernels.h"

#include "kernels.h"

#pragma STDC FP_CONTRACT OFF

typedef double eight __attribute__((vector_size(64), aligned(8), may_alias));

LOOP(double, sf_distance_sum,
     (const double *restrict point, const double *restrict axes, long count, long dimension),
     (point, axes, count, dimension)) {
  eight sums = {0};
  const long whole = count / 8 * 8;
  for (long i = 0; i < whole; i += 8) {
    eight squared = {0};
    for (long axis = 0; axis < dimension; axis++) {
      const eight gap = point[axis] - *(const eight *)(axes + axis * count + i);
      squared += gap * gap;
    }
    sums += __builtin_elementwise_sqrt(squared);
  }
  double rest = 0, sum = sums[0];
  for (long i = whole; i < count; i++) {
    double squared = 0;
    for (long axis = 0; axis < dimension; axis++) {
      const double gap = point[axis] - axes[axis * count + i];
      squared += gap * gap;
    }
    rest += __builtin_elementwise_sqrt(squared);
  }
  for (int lane = 1; lane < 8; lane++) sum += sums[lane];
  return sum + rest;
}

LOOP(void, sf_squared_distances,
     (const double *restrict point, const double *restrict axes, long count, long dimension,
      double *restrict out),
     (point, axes, count, dimension, out)) {
  for (long i = 0; i < count; i++) {
    const double gap = point[0] - axes[i];
    out[i] = gap * gap;
  }
  for (long axis = 1; axis < dimension; axis++) {
    for (long i = 0; i < count; i++) {
      const double gap = point[axis] - axes[axis * count + i];
      out[i] += gap * gap;
    }
  }
}
