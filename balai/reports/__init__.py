"""Pages: nation, province, kabupaten, kecamatan, village. They read; nothing is written here."""
