#include "module.h"

NOTE(HOST_CONTRACT + 41, HOST_COMPILER, HOST_INTERFACE, "other-contract")
