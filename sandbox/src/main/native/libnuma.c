/*
 * Stands for libnuma.so.1, which MySQL's server is linked with and a bare system lacks. With innodb_numa_interleave=0
 * none of this is called; were it called, the machine would have no NUMA.
 */
#define UNAVAILABLE (-1)

int numa_available(void) {
    return UNAVAILABLE;
}

long set_mempolicy(int mode, const unsigned long *nodes, unsigned long most) {
    (void)mode;
    (void)nodes;
    (void)most;
    return UNAVAILABLE;
}

long mbind(void *start, unsigned long length, int mode, const unsigned long *nodes, unsigned long most, unsigned flags) {
    (void)start;
    (void)length;
    (void)mode;
    (void)nodes;
    (void)most;
    (void)flags;
    return UNAVAILABLE;
}

void *numa_alloc_local(unsigned long size) {
    (void)size;
    return 0;
}

void numa_free(void *start, unsigned long size) {
    (void)start;
    (void)size;
}

void *numa_get_mems_allowed(void) {
    return 0;
}

void numa_bitmask_free(void *mask) {
    (void)mask;
}

__attribute__((section(".rowhouse.source"), used)) static const char source[] = SOURCE;
