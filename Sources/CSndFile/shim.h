#ifndef EDGEDSP_CSNDFILE_SHIM_H
#define EDGEDSP_CSNDFILE_SHIM_H

#include <sndfile.h>

#endif
