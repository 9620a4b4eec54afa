// Libraries that the program loads at the first call of one of their functions.
//
// Cairo and XGBoost bring some twenty libraries with them, which most sessions never call, and a
// program with a screen starts twice. This target defines the functions that we call, under their own
// names, so nothing else links those libraries; their headers are CCairo's and CXGBoost's. See
// docs/decisions/0032-libraries-loaded-when-called.md.
#pragma once
