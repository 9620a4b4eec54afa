#pragma once

// The vectors that are used: "AVX-512", "AVX2" or "baseline". That is the widest set which the processor
// has and the environment variable SCOREFIELD_VECTORS, "avx2" or "baseline", allows.
const char *sf_vectors(void);

// The x of x86-64-vx that is used of a processor that has `has`, where the variable is `allowed` or null;
// a word that is not known allows all.
int sf_allowed_set(int has, const char *allowed);
