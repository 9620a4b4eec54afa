// The noising of training rows.
#pragma once

// input[i * stride + j] = scale[i] * (alpha[i] * clean[i][j] + sigma[i] * noise[i][j]) for clean
// points and noise [rows, dimension]; the other columns of the input stay as they are. In float32,
// with the same bits on every processor.
void sf_noise_rows(const double *clean, const float *noise, const float *alpha, const float *sigma,
                   const float *scale, float *input, long rows, long dimension, long stride);

// The same for clean points in float32.
void sf_noise_rows_float(const float *clean, const float *noise, const float *alpha,
                         const float *sigma, const float *scale, float *input, long rows,
                         long dimension, long stride);
