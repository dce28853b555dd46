UPDATE signals SET green_movement_ids = '101,102' WHERE phase = 1;
