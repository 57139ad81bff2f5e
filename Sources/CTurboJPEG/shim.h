#ifndef EDGEDSP_CTURBOJPEG_SHIM_H
#define EDGEDSP_CTURBOJPEG_SHIM_H

#include <turbojpeg.h>

#endif
