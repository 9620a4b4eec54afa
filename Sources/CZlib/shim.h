// zlib, for files that are compressed with gzip.
#include <zlib.h>
