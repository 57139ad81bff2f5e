// Counts every allocation of the process: linking this target replaces the C library's functions.
#pragma once
#include <stdint.h>

/// Calls of malloc, calloc, realloc, posix_memalign, aligned_alloc and memalign so far.
uint64_t malloc_count(void);
