int sf_vector_kernels_version(void) { return 1; }
