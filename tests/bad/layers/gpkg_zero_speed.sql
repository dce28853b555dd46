UPDATE links SET free_speed_mps = 0 WHERE link_id = 22;
