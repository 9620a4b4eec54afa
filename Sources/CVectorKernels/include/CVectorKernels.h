// Elementwise loops that the C compiler vectorises and Swift's does not. Each is compiled for
// several instruction sets and chosen at run time, so the Swift side needs no flags.
#pragma once

#include "limit_kernels.h"
#include "mixture_kernels.h"
#include "network_kernels.h"
#include "pair_kernels.h"
#include "product_kernels.h"
#include "processors.h"
#include "random_kernels.h"
#include "relu_kernels.h"
#include "vectors.h"
