/* Makes small.sas7bdat: cc make-sas.c -lreadstat && ./a.out small.sas7bdat */
#include <fcntl.h>
#include <readstat.h>
#include <unistd.h>
static ssize_t put(const void *d, size_t n, void *c) { return write(*(int *)c, d, n); }
int main(int argc, char **argv) {
    int fd = open(argv[1], O_CREAT | O_TRUNC | O_WRONLY, 0644);
    readstat_writer_t *w = readstat_writer_init();
    readstat_set_data_writer(w, put);
    readstat_variable_t *id = readstat_add_variable(w, "ID", READSTAT_TYPE_DOUBLE, 8), *q = readstat_add_variable(w, "NATSCI", READSTAT_TYPE_DOUBLE, 8), *c = readstat_add_variable(w, "CITY", READSTAT_TYPE_STRING, 12);
    readstat_variable_set_label(q, "Spending on science");
    readstat_begin_writing_sas7bdat(w, &fd, 12);
    for (int i = 0; i < 12; i++) {
        readstat_begin_row(w);
        readstat_insert_double_value(w, id, 1 + i);
        if (i % 4 == 3) readstat_insert_tagged_missing_value(w, q, 'D'); else if (i % 5 == 4) readstat_insert_missing_value(w, q); else readstat_insert_double_value(w, q, 1 + i % 3);
        readstat_insert_string_value(w, c, i % 2 ? "Koeln" : "Aarhus");
        readstat_end_row(w);
    }
    return readstat_end_writing(w);
}
