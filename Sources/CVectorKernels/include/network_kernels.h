// Kernels of the score network, all float32, row-major.
#pragma once

// z holds pre-activations without bias, [rows, width]. Writes silu(z + bias) to a and its
// derivative over z.
void sf_silu_forward(float *z, const float *bias, float *a, long rows, long width);

// The same in place, without the derivative.
void sf_silu_apply(float *z, const float *bias, long rows, long width);

// da *= derivative, elementwise.
void sf_multiply(float *da, const float *derivative, long count);

// sums[j] = (keep ? sums[j] : 0) + sum over rows of x[i][j].
void sf_column_sums(const float *x, float *sums, long rows, long width, int keep);

// out[row][k] = sin(omega[k] lambda[row]), out[row][pairs + k] = cos(...); rows are `stride` apart.
// Absolute error below 5e-7 for |omega lambda| < 1000, given the product as float32 rounds it.
void sf_wave_features(const float *lambda, const float *omega, float *out, long rows, long pairs,
                      long stride);

// One Adam update (Kingma and Ba 2015, arXiv:1412.6980, Algorithm 1) of `count` parameters from the
// sum, in order, of `lanes` gradients that lie `lane_stride` apart; then the weight average.
typedef struct {
  float rate, beta1, beta2, epsilon;
  float correction1, correction2;  // 1 / (1 - beta^step)
  float average_decay;
} sf_adam_settings;

void sf_adam(float *parameters, float *first, float *second, float *average,
             const float *gradients, long lane_stride, long lanes, long count,
             sf_adam_settings settings);
