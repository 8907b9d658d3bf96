#include "module.h"

NOTE(HOST_CONTRACT, "6.2.1 (swift-6.2.1-RELEASE)", HOST_INTERFACE, "other-compiler")
