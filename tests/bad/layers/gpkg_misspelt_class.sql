UPDATE links SET road_class = 'secundary' WHERE link_id = 13;
