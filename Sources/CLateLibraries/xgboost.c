// XGBoost: trees that correct each other.
#include <xgboost/c_api.h>

#include "late.h"

static struct sf_late_library xgboost = {"libxgboost.so.0", "libxgboost.so", 0};

#define XGBOOST(name, parameters, arguments) SF_LATE(xgboost, int, name, parameters, arguments)

XGBOOST(
    XGDMatrixCreateFromMat,
    (const float *data, bst_ulong rows, bst_ulong columns, float missing, DMatrixHandle *matrix),
    (data, rows, columns, missing, matrix))
XGBOOST(XGDMatrixFree, (DMatrixHandle matrix), (matrix))
XGBOOST(
    XGDMatrixSetFloatInfo,
    (DMatrixHandle matrix, const char *field, const float *values, bst_ulong count),
    (matrix, field, values, count))
XGBOOST(
    XGBoosterCreate, (const DMatrixHandle matrices[], bst_ulong count, BoosterHandle *model),
    (matrices, count, model))
XGBOOST(XGBoosterFree, (BoosterHandle model), (model))
XGBOOST(
    XGBoosterSetParam, (BoosterHandle model, const char *name, const char *value),
    (model, name, value))
XGBOOST(
    XGBoosterUpdateOneIter, (BoosterHandle model, int round, DMatrixHandle matrix),
    (model, round, matrix))
XGBOOST(
    XGBoosterPredict,
    (BoosterHandle model, DMatrixHandle matrix, int mask, unsigned trees, int training,
     bst_ulong *count, const float **values),
    (model, matrix, mask, trees, training, count, values))
