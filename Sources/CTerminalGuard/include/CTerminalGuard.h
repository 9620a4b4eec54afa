int sf_guard_version(void);
