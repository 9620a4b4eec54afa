// The part of OpenBLAS that ScoreCore calls: CBLAS, its thread control, and LAPACK routines.
#include <cblas.h>

// LAPACK in the Fortran calling convention; OpenBLAS carries it, but its C header (liblapacke-dev)
// is a package of its own. The symmetric eigensolver, and Cholesky's solution of a positive definite
// system.
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
            double *work, const int *lwork, int *info);
void dposv_(const char *uplo, const int *n, const int *nrhs, double *a, const int *lda, double *b,
            const int *ldb, int *info);

// The eigensolver by divide and conquer, and the eigenvalues alone through a band matrix: both are
// mostly matrix products, which large matrices need.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
             double *work, const int *lwork, int *iwork, const int *liwork, int *info);
void dsyevd_2stage_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda,
                    double *w, double *work, const int *lwork, int *iwork, const int *liwork,
                    int *info);
