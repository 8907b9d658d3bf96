#include "module.h"

#define ANOTHER "abababababababababababababababababababababababababababababababab"

NOTE(HOST_CONTRACT, HOST_COMPILER, ANOTHER, "other-interface")
