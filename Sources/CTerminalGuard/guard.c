int sf_guard_version(void) { return 1; }
