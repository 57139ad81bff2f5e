#ifndef EDGEDSP_CPNG_SHIM_H
#define EDGEDSP_CPNG_SHIM_H

#include <png.h>

#endif
