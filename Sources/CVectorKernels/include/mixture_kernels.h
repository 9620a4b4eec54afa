#ifndef SF_MIXTURE_KERNELS_H
#define SF_MIXTURE_KERNELS_H

// Components come in blocks of this many; a caller fills the last block with components whose
// log factor is far below every real one.
#define SF_MIXTURE_LANES 8

// A mixture of isotropic Gaussians at one noise level, up to scaling of the points.
typedef struct {
  long dimension;
  long components;           // a multiple of SF_MIXTURE_LANES
  const double *means;       // [dimension][components]
  const double *precision;   // [components], one over the variance
  const double *log_factor;  // [components], log weight plus log of the normalising factor
} sf_mixture;

// Writes log density [count] and score [count][dimension] of points x [count][dimension].
//
// score may be null. work holds `components` doubles, active `components / SF_MIXTURE_LANES`
// longs. A point that is not finite gives values that are not a number.
void sf_isotropic_mixture(const sf_mixture *mixture, const double *x, long count, double *work,
                          long *active, double *log_density, double *score);

#endif
