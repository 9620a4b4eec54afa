// Two-layer ReLU networks with fixed outer weights, float64, all points at once:
// f_j(x) = sum over neurons of outer[neuron][j] max(0, weights[neuron] . x).
//
// Points lie axis by axis, x[axis][rows]; rows is a multiple of SF_RELU_LANES, and the rows that only
// fill up are zero in every axis. Neurons come in blocks that a caller can work on apart.
#pragma once

#define SF_RELU_LANES 8

typedef struct {
  const double *weights;  // [neurons][axes]
  const double *outer;    // [neurons][outputs]
  long neurons, axes, outputs;
} sf_relu_block;

// outputs[j][rows] += what the neurons of the block add to each output.
void sf_relu_outputs(sf_relu_block block, const double *x, long rows, double *outputs);

// gradient[neuron][axis] = sum over outputs and rows of outer[neuron][j] errors[j][row] x[axis][row] where
// the neuron is active; every element is summed in SF_RELU_LANES parts.
void sf_relu_gradient(sf_relu_block block, const double *x, long rows, const double *errors,
                      double *gradient);
