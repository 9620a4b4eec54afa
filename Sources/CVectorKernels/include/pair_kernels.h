#pragma once

// Distances of a point from many others, whose axes stand one after the other: axes[axis][count]. Every
// operation is rounded on its own, so every processor gives the same bits.

// The sum of the distances: eight sums of every eighth, added up in order, then those of the last
// count % 8.
double sf_distance_sum(const double *point, const double *axes, long count, long dimension);

// out[i] = the squared distance from the point i, summed axis by axis.
void sf_squared_distances(const double *point, const double *axes, long count, long dimension,
                          double *out);
