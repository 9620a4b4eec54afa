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

// Rows that are worked on before the next neuron: their inputs and outputs stay in the nearest cache.
#define NEAR_ROWS (16 * SF_RELU_LANES)

SET INLINE void NAME(add_outputs_of)(sf_relu_block block, const double *x, long rows,
                                     double *restrict outputs, long axes, long count) {
  for (long first = 0; first < rows; first += NEAR_ROWS) {
    const long end = first + NEAR_ROWS < rows ? first + NEAR_ROWS : rows;
    for (long r = 0; r < block.neurons; r++) {
      const double *weights = block.weights + r * axes;
      const double *outer = block.outer + r * count;
      for (long i = first; i < end; i += SF_RELU_LANES) {
        PRE_ACTIVATION(z)
        const NAME(lanes) active = WHERE_ACTIVE(z, z);
        for (long j = 0; j < count; j++) AT(outputs + j * rows + i) += outer[j] * active;
      }
    }
  }
}

// The gradient by the weights of each neuron, two or three.
SET INLINE void NAME(take_part)(sf_relu_block block, const double *x, long rows,
                                const double *errors, double *restrict gradient, long axes) {
  for (long r = 0; r < block.neurons; r++) {
    const double *weights = block.weights + r * axes;
    const double *outer = block.outer + r * block.outputs;
    NAME(lanes) s0 = {0}, s1 = {0}, s2 = {0};
    for (long i = 0; i < rows; i += SF_RELU_LANES) {
      PRE_ACTIVATION(z)
      NAME(lanes) error = outer[0] * AT(errors + i);
      for (long j = 1; j < block.outputs; j++) error += outer[j] * AT(errors + j * rows + i);
      error = WHERE_ACTIVE(z, error);
      s0 += error * AT(x + i);
      s1 += error * AT(x + rows + i);
      if (axes > 2) s2 += error * AT(x + 2 * rows + i);
    }
    double sums[3] = {0, 0, 0};
    for (int l = 0; l < SF_RELU_LANES; l++) {
      sums[0] += s0[l];
      sums[1] += s1[l];
      sums[2] += s2[l];
    }
    for (long k = 0; k < axes; k++) gradient[r * axes + k] = sums[k];
  }
}

// The same by all weights, whose number is not known: the errors behind a neuron are kept for a tile, so
// that they are worked out once for all axes.
SET static void NAME(take_all)(sf_relu_block block, const double *x, long rows,
                               const double *errors, double *restrict gradient) {
  const long axes = block.axes;
  double sums[axes * SF_RELU_LANES], kept[NEAR_ROWS];
  for (long r = 0; r < block.neurons; r++) {
    const double *weights = block.weights + r * axes;
    const double *outer = block.outer + r * block.outputs;
    for (long k = 0; k < axes * SF_RELU_LANES; k++) sums[k] = 0;
    for (long first = 0; first < rows; first += NEAR_ROWS) {
      const long end = first + NEAR_ROWS < rows ? first + NEAR_ROWS : rows;
      for (long i = first; i < end; i += SF_RELU_LANES) {
        PRE_ACTIVATION(z)
        NAME(lanes) error = outer[0] * AT(errors + i);
        for (long j = 1; j < block.outputs; j++) error += outer[j] * AT(errors + j * rows + i);
        AT(kept + i - first) = WHERE_ACTIVE(z, error);
      }
      for (long axis = 0; axis < axes; axis++) {
        NAME(lanes) sum = AT(sums + axis * SF_RELU_LANES);
        for (long i = first; i < end; i += SF_RELU_LANES)
          sum += AT(kept + i - first) * AT(x + axis * rows + i);
        AT(sums + axis * SF_RELU_LANES) = sum;
      }
    }
    for (long axis = 0; axis < axes; axis++) {
      double sum = 0;
      for (int l = 0; l < SF_RELU_LANES; l++) sum += sums[axis * SF_RELU_LANES + l];
      gradient[r * axes + axis] = sum;
    }
  }
}

// With the numbers of axes and outputs known they stay in registers: those of points of one or two
// coordinates with a time or a constant.
SET static void NAME(add_outputs)(sf_relu_block block, const double *x, long rows,
                                  double *outputs) {
  const long axes = block.axes, count = block.outputs;
  if (axes == 2 && count == 1) return NAME(add_outputs_of)(block, x, rows, outputs, 2, 1);
  if (axes == 3 && count == 2) return NAME(add_outputs_of)(block, x, rows, outputs, 3, 2);
  if (axes == 3 && count == 1) return NAME(add_outputs_of)(block, x, rows, outputs, 3, 1);
  NAME(add_outputs_of)(block, x, rows, outputs, axes, count);
}

SET static void NAME(take_gradient)(sf_relu_block block, const double *x, long rows,
                                    const double *errors, double *gradient) {
  switch (block.axes) {
    case 2: return NAME(take_part)(block, x, rows, errors, gradient, 2);
    case 3: return NAME(take_part)(block, x, rows, errors, gradient, 3);
    default: return NAME(take_all)(block, x, rows, errors, gradient);
  }
}

#undef NEAR_ROWS
#undef AT
#undef WHERE_ACTIVE
#undef PRE_ACTIVATION
