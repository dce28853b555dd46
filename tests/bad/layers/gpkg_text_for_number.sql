UPDATE links SET free_speed_mps = 'fast' WHERE link_id = 10;
