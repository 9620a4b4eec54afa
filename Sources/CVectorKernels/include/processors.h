#pragma once

// The number of processors in this process's affinity mask, at least 1; Swift's Glibc module
// leaves the call out.
long sf_available_processors(void);
