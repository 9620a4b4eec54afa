#ifndef SF_MIXTURE_KERNELS_H
#define SF_MIXTURE_KERNELS_H

// Components come in blocks of this many; a caller fills the last block with components whose
// log factor is far below every real one.
#define SF_MIXTURE_LANES 8
// In three and more dimensions points are worked on in groups, and groups in batches.
#define SF_MIXTURE_GROUP 4
#define SF_MIXTURE_BATCH 48

// A mixture of isotropic Gaussians at one noise level, up to scaling of the points.
typedef struct {
  long dimension;
  long components;           // a multiple of SF_MIXTURE_LANES
  const double *means;       // [components / SF_MIXTURE_LANES][dimension][SF_MIXTURE_LANES]
  const double *axes;        // the means again, [axis / SF_MIXTURE_LANES][component][axis %
                             // SF_MIXTURE_LANES], filled up with zeros; not read below 3 axes
  const float *single;       // the means in single precision, as `means`; null below 3 axes
  const double *norms;       // [components], squared lengths of the means
  double largest_norm;       // the largest of them
  const double *precision;   // [components], one over the variance
  const double *log_factor;  // [components], log weight plus log of the normalising factor
} sf_mixture;

// The number of doubles that work must hold.
long sf_mixture_work(long dimension, long components);

// Writes log density [count] and score [count][dimension] of points x [count][dimension].
//
// score may be null. A point that is not finite gives values that are not a number. A point's
// values do not depend on the points around it.
void sf_isotropic_mixture(const sf_mixture *mixture, const double *x, long count, double *work,
                          double *log_density, double *score);

// Writes the log term of each component, [components], at one point of one or two dimensions.
//
// Of a component by itself, with the weight 1, it is the log density, in the same bits as above; a term
// that is infinitely low stays so.
void sf_planar_terms(const sf_mixture *mixture, const double *point, double *out);

#endif
