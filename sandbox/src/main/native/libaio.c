/*
 * Stands for libaio.so.1, which MySQL's server is linked with and a bare system lacks. With innodb_use_native_aio=0
 * none of this is called; were it called, asynchronous I/O would be refused as by a kernel without it.
 */
#define NOT_IMPLEMENTED (-38) /* -ENOSYS, as libaio returns its errors */

int io_setup(int events, void **context) {
    (void)events;
    (void)context;
    return NOT_IMPLEMENTED;
}

int io_submit(void *context, long count, void **operations) {
    (void)context;
    (void)count;
    (void)operations;
    return NOT_IMPLEMENTED;
}

int io_getevents(void *context, long least, long most, void *events, void *timeout) {
    (void)context;
    (void)least;
    (void)most;
    (void)events;
    (void)timeout;
    return NOT_IMPLEMENTED;
}

__attribute__((section(".rowhouse.source"), used)) static const char source[] = SOURCE;
