UPDATE signals SET green_s = 0, clearance_s = 0;
