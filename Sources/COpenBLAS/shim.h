// The part of OpenBLAS that ScoreCore calls: CBLAS, its thread control, and one LAPACK routine.
#include <cblas.h>

// LAPACK's symmetric eigensolver, in the Fortran calling convention; OpenBLAS carries it, but its
// C header (liblapacke-dev) is a package of its own.
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
            double *work, const int *lwork, int *info);
