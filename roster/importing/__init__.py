"""The database half of the import: staging a workbook's rows, correcting them, merging them whole into the roster."""
