int sf_vector_kernels_version(void);
#include "mixture_kernels.h"
