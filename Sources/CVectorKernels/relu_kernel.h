// Two-layer ReLU networks for one instruction set; see each_set.h for what is defined here.

// Eight rows whatever the width of a register, so that sums have the same parts everywhere.
typedef double NAME(lanes) __attribute__((vector_size(8 * SF_RELU_LANES), aligned(8), may_alias));
typedef long long NAME(mask) __attribute__((vector_size(8 * SF_RELU_LANES)));

// Macros, because a vector wider than the registers cannot be an argument.
#define AT(p) (*(NAME(lanes) *)(p))
#define WHERE_ACTIVE(z, value) ((NAME(lanes))((NAME(mask))(value) & ((z) > 0)))
// The pre-activation z of a neuron at the rows from i on.
#define PRE_ACTIVATION(z)                                  \
  NAME(lanes) z = weights[0] * AT(x + i);                  \
  for (long axis = 1; axis < axes; axis++) z += weights[axis] * AT(x + axis * rows + i);

SET INLINE void NAME(add_outputs_of)(sf_relu_block block, const double *x, long rows,
                                     double *restrict outputs, long axes) {
  for (long r = 0; r < block.neurons; r++) {
    const double *weights = block.weights + r * axes;
    for (long j = 0; j < block.outputs; j++) {
      const double outer = block.outer[r * block.outputs + j];
      for (long i = 0; i < rows; i += SF_RELU_LANES) {
        PRE_ACTIVATION(z)
        AT(outputs + j * rows + i) += outer * WHERE_ACTIVE(z, z);
      }
    }
  }
}

// The gradient by `count` weights of each neuron, at most three, from the axis `first` on.
SET INLINE void NAME(take_part)(sf_relu_block block, const double *x, long rows,
                                const double *errors, double *restrict gradient, long axes,
                                long first, long count) {
  for (long r = 0; r < block.neurons; r++) {
    const double *weights = block.weights + r * axes;
    const double *outer = block.outer + r * block.outputs;
    NAME(lanes) s0 = {0}, s1 = {0}, s2 = {0};
    for (long i = 0; i < rows; i += SF_RELU_LANES) {
      PRE_ACTIVATION(z)
      NAME(lanes) error = outer[0] * AT(errors + i);
      for (long j = 1; j < block.outputs; j++) error += outer[j] * AT(errors + j * rows + i);
      error = WHERE_ACTIVE(z, error);
      s0 += error * AT(x + first * rows + i);
      if (count > 1) s1 += error * AT(x + (first + 1) * rows + i);
      if (count > 2) s2 += error * AT(x + (first + 2) * rows + i);
    }
    double sums[3] = {0, 0, 0};
    for (int l = 0; l < SF_RELU_LANES; l++) {
      sums[0] += s0[l];
      sums[1] += s1[l];
      sums[2] += s2[l];
    }
    for (long k = 0; k < count; k++) gradient[r * axes + first + k] = sums[k];
  }
}

// With the number of axes known they stay in registers: those of points of one or two coordinates with
// a time or a constant.
SET static void NAME(add_outputs)(sf_relu_block block, const double *x, long rows,
                                  double *outputs) {
  switch (block.axes) {
    case 2: return NAME(add_outputs_of)(block, x, rows, outputs, 2);
    case 3: return NAME(add_outputs_of)(block, x, rows, outputs, 3);
    default: return NAME(add_outputs_of)(block, x, rows, outputs, block.axes);
  }
}

SET static void NAME(take_gradient)(sf_relu_block block, const double *x, long rows,
                                    const double *errors, double *gradient) {
  const long axes = block.axes;
  switch (axes) {
    case 2: return NAME(take_part)(block, x, rows, errors, gradient, 2, 0, 2);
    case 3: return NAME(take_part)(block, x, rows, errors, gradient, 3, 0, 3);
    default:
      for (long first = 0; first < axes; first += 3) {
        const long count = axes - first < 3 ? axes - first : 3;
        NAME(take_part)(block, x, rows, errors, gradient, axes, first, count);
      }
  }
}

#undef AT
#undef WHERE_ACTIVE
#undef PRE_ACTIVATION
