// Values of a mixture at points, included once per instruction set.

SET static void NAME(mixture)(const sf_mixture *m, const double *x, long count, double *work,
                              double *log_density, double *score) {
  // Chains of sums that wait for each other should be eight or more: four points, each with one block of
  // components of a vector, or with two vectors each.
  all_points(m, x, count, work, WIDTH >= 16 ? 2 : 1, log_density, score);
}

SET static void NAME(planar)(const sf_mixture *m, const double *point, double *out) {
  terms_of_point(m, point, (block *)out);
}
