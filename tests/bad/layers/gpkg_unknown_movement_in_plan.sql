UPDATE signals SET green_movement_ids = '101;999' WHERE phase = 1;
