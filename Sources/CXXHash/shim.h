#ifndef EDGEDSP_CXXHASH_SHIM_H
#define EDGEDSP_CXXHASH_SHIM_H

#include <xxhash.h>

#endif
