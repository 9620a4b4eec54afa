// Kernels of the score network, all float32, row-major.
#pragma once

// The nonlinearities; see Activation.swift for formulas and sources.
enum { SF_SILU = 0, SF_RELU = 1, SF_TANH = 2, SF_GELU = 3 };

// z holds pre-activations without bias, [rows, width]. Writes the activation of z + bias to a and
// its derivative over z.
void sf_activation_forward(int kind, float *z, const float *bias, float *a, long rows, long width);

// The same in place, without the derivative.
void sf_activation_apply(int kind, float *z, const float *bias, long rows, long width);

// x += y, elementwise.
void sf_add(float *x, const float *y, long count);

// x[i][j] += bias[j] for each of the rows.
void sf_add_bias(float *x, const float *bias, long rows, long width);

// out = x y, elementwise; out may be x.
void sf_product(const float *x, const float *y, float *out, long count);

// sums[j] = (keep ? sums[j] : 0) + sum over rows of x[i][j], of rows that lie `stride` apart.
void sf_column_sums(const float *x, float *sums, long rows, long width, long stride, int keep);

// out[row][k] = sin(omega[k] lambda[row]), out[row][pairs + k] = cos(...); rows are `stride` apart.
// Absolute error below 5e-7 for |omega lambda| < 1000, given the product as float32 rounds it.
void sf_wave_features(const float *lambda, const float *omega, float *out, long rows, long pairs,
                      long stride);

// Sines and cosines of the first `dimension` columns of each row, written after them:
// [x (dimension), then for each axis: sines of omega x, cosines of omega x].
void sf_position_features(float *input, long dimension, const float *omega, long pairs, long rows,
                          long stride);

// One step of Adam (Kingma and Ba 2015, arXiv:1412.6980, Algorithm 1), with decoupled weight decay
// (Loshchilov and Hutter 2019, arXiv:1711.05101, Algorithm 2) where decay > 0.
typedef struct {
  float rate, beta1, beta2, epsilon;
  float correction1, correction2;  // 1 / (1 - beta^step)
  float decay;                     // rate times the weight decay
  float gradient_scale;            // below 1 where the norm is clipped
} sf_adam_settings;

void sf_adam(float *parameters, float *first, float *second, const float *gradient, long count,
             sf_adam_settings settings);

// momentum = beta momentum + scale gradient + decay parameters; parameters -= rate momentum.
void sf_momentum(float *parameters, float *momentum, const float *gradient, long count, float rate,
                 float beta, float decay, float gradient_scale);

// parameters -= rate gradient.
void sf_descend(float *parameters, const float *gradient, long count, float rate);

// The sum of squares of x - centre, or of x where centre is null.
double sf_squared_distance(const float *x, const float *centre, long count);

// x = centre + factor (x - centre), or factor x where centre is null.
void sf_shrink(float *x, const float *centre, long count, float factor);

// average + rest += rate (parameters - average - rest), where the rest is what float32 cannot hold.
void sf_average(float *average, float *rest, const float *parameters, long count, float rate);
