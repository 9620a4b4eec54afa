#include "relu_kernels.h"

#include "kernels.h"

#define KERNEL "relu_kernel.h"
#include "each_set.h"

void sf_relu_outputs(sf_relu_block block, const double *x, long rows, double *outputs) {
  BEST(add_outputs, block, x, rows, outputs);
}

void sf_relu_gradient(sf_relu_block block, const double *x, long rows, const double *errors,
                      double *gradient) {
  BEST(take_gradient, block, x, rows, errors, gradient);
}
