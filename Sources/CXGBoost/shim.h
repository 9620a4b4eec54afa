// XGBoost, for trees that correct each other.
#include <xgboost/c_api.h>
